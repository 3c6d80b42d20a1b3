import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { sourceText } from './source-text.js';

const SKIPPED_FOLDERS = /^(\..*|__pycache__|node_modules|build|dist|venv|env|.*\.egg-info)$/;

/** Text of a file of a tree, in the encoding that it declares, without a byte order mark; undefined when there is no such file. */
export async function readSource(directory: string, file: string): Promise<string | undefined> {
  const bytes = await unlessMissing(readFile(path.join(directory, file)));
  return bytes && sourceText(bytes);
}

/**
 * Python files of a tree (or of a folder in it), as sorted POSIX paths relative to the tree. None where the tree
 * has no such folder: a patch may have added it to one side only.
 */
export async function listPythonFiles(directory: string, folder = ''): Promise<string[]> {
  const entries = (await unlessMissing(readdir(path.join(directory, folder), { withFileTypes: true }))) ?? [];
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory())
        return SKIPPED_FOLDERS.test(entry.name) ? [] : listPythonFiles(directory, file);
      return entry.isFile() && isSourceFile(file) ? [file] : [];
    }),
  );
  return nested.flat().sort();
}

/** Whether a file is Python source, by its name. */
export const isSourceFile = (file: string): boolean => file.endsWith('.py');

/** Whether a path is developer test code by the usual names: `tests/`, `test_*.py`, `*_test.py`, `conftest.py`. */
export function isTestFile(file: string): boolean {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  const folders = parts.slice(0, -1);
  return (
    folders.includes('tests') ||
    folders[0] === 'test' ||
    folders[0] === 'testing' ||
    /^(test_.*|.*_test|conftest|tests)\.py$/.test(name)
  );
}

/** Whether a file is Python code of the product, by which a patch can change behaviour: any that is no test. */
export function isProductCode(file: string): boolean {
  return isSourceFile(file) && !isTestFile(file);
}

/** What was read; undefined where the tree has nothing at that path, or a folder instead of a file or the reverse. */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
}
