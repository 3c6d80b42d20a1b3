import { constants, copyFile, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Is a file, by its name, a compiled module that an interpreter loads? `suffixes` are those the interpreter knows. */
export function isModuleFor(file: string, suffixes: readonly string[]): boolean {
  const name = path.posix.basename(file);
  const dot = name.indexOf('.');
  return dot > 0 && suffixes.includes(name.slice(dot));
}

/** What a build leaves that a side does not need: objects, generated sources, bytecode. */
const BY_PRODUCT = /\.(?:o|a|obj|c|cc|cpp|cxx|h|hpp|pyc|log|whl)$/;
const BY_PRODUCT_FOLDER = /(?:^|\/)(?:build|\.eggs|dist|__pycache__)\//;

/** Of the files that are there after a build, those that belong beside the sources: modules, and what was generated for them. */
export function madeBy(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return after.filter((file) => !known.has(file) && !BY_PRODUCT.test(file) && !BY_PRODUCT_FOLDER.test(file));
}

/**
 * Copies files from one directory into another; nothing is written through a link that leads out of it.
 * @param replaced whether a file that is there already is replaced; otherwise it stays
 */
export async function copyInto(
  target: string,
  source: string,
  files: readonly string[],
  replaced: (file: string) => boolean,
): Promise<void> {
  const root = await realpath(target);
  for (const file of files) {
    const destination = path.join(root, file);
    if (!(await makeFolder(root, path.dirname(destination)))) continue;
    const mode = replaced(file) ? 0 : constants.COPYFILE_EXCL;
    await copyFile(path.join(source, file), destination, mode).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
}

/** Makes a folder below `root`; false where its path leads elsewhere, as a patch may have made links. */
async function makeFolder(root: string, folder: string): Promise<boolean> {
  let existing = folder;
  for (;;) {
    const real = await realpath(existing).catch(() => undefined);
    if (real !== undefined) {
      if (real !== existing) return false;
      break;
    }
    existing = path.dirname(existing);
    if (!`${existing}/`.startsWith(`${root}/`)) return false;
  }
  await mkdir(folder, { recursive: true });
  return true;
}
