import path from 'node:path';
import picomatch from 'picomatch';
import { python } from '../python/language.js';
import { foldersNotCollected } from './pytest-settings.js';

/**
 * Every file of a tree that defines developer tests, sorted. Left out are the folders that the project's pytest settings
 * leave out.
 */
export async function suiteFiles(directory: string): Promise<string[]> {
  const isLeftOut = anyOf(await foldersNotCollected(directory));
  const modules = (await python.listFiles(directory)).filter(
    (file) => python.isTestModule(file) && !foldersOf(file).some(isLeftOut),
  );
  const sources = await Promise.all(modules.map((file) => python.readSource(directory, file)));
  return modules.filter((_, index) => python.definesTests(sources[index] ?? ''));
}

/**
 * Tells whether a folder matches any of the patterns, as pytest matches them: a pattern with a slash against the end of
 * the folder's path, any other against the folder's own name.
 */
function anyOf(patterns: readonly string[]): (folder: string) => boolean {
  const matchers = patterns.map((pattern) => {
    if (!pattern.includes('/')) {
      const matches = matcher([pattern]);
      return (folder: string) => matches(path.posix.basename(folder));
    }
    return matcher([pattern, `**/${pattern}`]);
  });
  return (folder) => matchers.some((matches) => matches(folder));
}

/** A matcher with the rules of Python's `fnmatch`: `*` also matches slashes and dots, `[!a]` negates, nothing else is special. */
const matcher = (patterns: readonly string[]): ((text: string) => boolean) =>
  picomatch(
    patterns.map((pattern) => pattern.replaceAll('[!', '[^')),
    { bash: true, dot: true, nobrace: true, noextglob: true, nonegate: true },
  );

/** The folders that a file is in: `a` and `a/b` for `a/b/test_c.py`. */
function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
