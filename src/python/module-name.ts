import { existsSync } from 'node:fs';
import path from 'node:path';

const BUILD_FILES = ['setup.py', 'setup.cfg', 'pyproject.toml'];
const SOURCE_FOLDERS = new Set(['src', 'lib', 'python']);
/** Files with side effects when imported, or that only one tool can import. */
const SCRIPTS = new Set(['setup.py', 'conf.py', 'conftest.py', 'noxfile.py', 'fabfile.py', '__main__.py']);
const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * Dotted name under which a file of a tree is imported, such as `sympy.core.kind`; undefined when it cannot be imported
 * or should not be (`setup.py`). `file` is relative to `directory`, POSIX.
 */
export function moduleName(directory: string, file: string): string | undefined {
  if (!file.endsWith('.py') || SCRIPTS.has(path.posix.basename(file))) return undefined;
  const relative = path.posix.relative(importRoot(directory, file), file);
  return dottedName(relative);
}

/**
 * The folder of a tree that must be on `sys.path` to import a file: the innermost one around it that is not a
 * package and is the tree itself, holds a build file, or is the `src` of such a folder. `''` is the tree itself.
 */
export function importRoot(directory: string, file: string): string {
  const folders = foldersAround(file);
  const root = folders.find((folder) => isImportRoot(directory, folder));
  return root ?? '';
}

/**
 * What to import before the given files are used (packages, or single modules: `sympy` for `sympy/core/kind.py`),
 * and the folders, relative to the tree, that must be on `sys.path` for it; `''` is the tree itself and always the first.
 * Ignores files that the tree does not have.
 */
export function topLevelPackages(
  directory: string,
  files: readonly string[],
): { readonly packages: string[]; readonly importRoots: string[] } {
  const present = files.filter((file) => existsSync(path.join(directory, file)));
  const packages = present.flatMap((file) => packageOf(directory, file) ?? []);
  const roots = present.map((file) => importRoot(directory, file));
  return { packages: [...new Set(packages)], importRoots: [...new Set(['', ...roots])] };
}

/** The outermost package around a file, or the module itself where there is none; namespace packages do not count. */
function packageOf(directory: string, file: string): string | undefined {
  const name = moduleName(directory, file);
  if (name === undefined) return undefined;
  const root = importRoot(directory, file);
  const parts = name.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1));
  const outermost = prefixes.find((prefix) => isPackageFolder(directory, path.posix.join(root, ...prefix)));
  return (outermost ?? parts).join('.');
}

/** The folders that hold a file, innermost first, `''` last. */
function foldersAround(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [''] : [folder, ...foldersAround(folder)];
}

function isImportRoot(directory: string, folder: string): boolean {
  if (folder === '') return true;
  if (isPackageFolder(directory, folder)) return false;
  const holdsBuildFile = (at: string): boolean =>
    BUILD_FILES.some((name) => existsSync(path.join(directory, at, name)));
  const parent = foldersAround(folder)[0] ?? '';
  const isSourceFolder = SOURCE_FOLDERS.has(path.posix.basename(folder));
  return holdsBuildFile(folder) || (isSourceFolder && (parent === '' || holdsBuildFile(parent)));
}

function isPackageFolder(directory: string, folder: string): boolean {
  return existsSync(path.join(directory, folder, '__init__.py'));
}

/**
 * Dotted name under which unittest and pytest import a test file: below the innermost folder around it that is no package.
 * Undefined when it cannot be imported. `file` is relative to `directory`, POSIX.
 */
export function testModuleName(directory: string, file: string): string | undefined {
  const root = foldersAround(file).find((folder) => !isPackageFolder(directory, folder)) ?? '';
  return dottedName(path.posix.relative(root, file));
}

/** `delete.tests` for `delete/tests.py`; undefined when a part of it is no identifier. */
export function dottedName(file: string): string | undefined {
  const parts = file.replace(/(^|\/)__init__\.py$|\.py$/, '').split('/');
  return parts.every((part) => IDENTIFIER.test(part)) ? parts.join('.') : undefined;
}
