import path from 'node:path';
import { listPythonFiles, readSource } from '../python/source-files.js';

const TEST_FILE = /^(test_.*|.*_tests?|tests)\.py$/;
const SETTINGS = ['pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'];
/** The value of `norecursedirs`, in INI (indented lines go on) or TOML (a list). */
const LEFT_OUT = /^norecursedirs\s*=\s*(\[[^\]]*\]|.*(?:\n[ \t]+.*)*)/m;

/** Every file of a tree that defines developer tests, sorted; without the folders that the project's pytest settings leave out. */
export async function suiteFiles(directory: string): Promise<string[]> {
  const leftOut = await leftOutFolders(directory);
  const named = (await listPythonFiles(directory)).filter(
    (file) => TEST_FILE.test(path.posix.basename(file)) && !leftOut(file),
  );
  const sources = await Promise.all(named.map((file) => readSource(directory, file)));
  return named.filter((_, index) => /\bdef test|\bTestCase\b/.test(sources[index] ?? ''));
}

async function leftOutFolders(directory: string): Promise<(file: string) => boolean> {
  const patterns: RegExp[] = [];
  for (const name of SETTINGS) {
    const value = LEFT_OUT.exec((await readSource(directory, name)) ?? '')?.[1];
    if (value !== undefined) patterns.push(...value.split(/[\s,"'[\]]+/).flatMap(globToRegExp));
  }
  return (file) => foldersOf(file).some((folder) => patterns.some((pattern) => pattern.test(folder)));
}

/** As fnmatch has it: a pattern with a slash is one of the whole path, any other of the folder's own name. */
function globToRegExp(glob: string): RegExp[] {
  if (glob === '') return [];
  const body = glob
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return [new RegExp(`${glob.includes('/') ? '(^|/)' : '(^|.*/)'}${body}$`)];
}

/** The folders a file is in: `a`, `a/b` for `a/b/test_c.py`. */
function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
