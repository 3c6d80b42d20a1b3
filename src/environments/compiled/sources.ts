import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Sources that compilers and generators read; `.tp` and `.in` are templates of them. */
const SOURCE = /\.(?:pyx|pxd|pxi|c|cc|cpp|cxx|h|hh|hpp|hxx|f|f77|f90|rs)(?:\.(?:tp|in))?$/;
/** Files that say how to compile. */
const BUILD_FILES = new Set(['setup.py', 'setupext.py', 'setup_package.py', 'pyproject.toml', 'meson.build']);
const TEST_FOLDER = /(?:^|\/)tests?\//;
const SKIPPED_FOLDERS = new Set(['.git', '__pycache__', 'node_modules']);

/** Whether the compiled modules of a project depend on a file, by its POSIX path; what lies among tests does not count. */
export const isCompiledSource = (file: string): boolean =>
  (SOURCE.test(file) || BUILD_FILES.has(path.posix.basename(file))) && !TEST_FOLDER.test(file);

/** The regular files below a directory, by their POSIX paths relative to it, sorted. Links are not followed. */
export async function filesBelow(directory: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (folder: string): Promise<void> => {
    for (const entry of await readdir(path.join(directory, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isFile()) found.push(name);
      else if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await look(name);
    }
  };
  await look('');
  return found.sort();
}

/** SHA-256 over paths and contents of the files of a tree that its compiled modules depend on. */
export async function hashOfSources(directory: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files.filter(isCompiledSource)) {
    hash.update(`${file}\0`);
    hash.update(await readFile(path.join(directory, file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}
