import { copyFile, lstat, mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesOfText, textOfBytes } from '../platform/byte-text.js';

/**
 * Makes files of a tree what they are in another: copies of files and links, and nothing where that has nothing. A link or
 * a file that stands where a folder must be is removed, so that nothing is written through it.
 * @param files POSIX paths relative to both directories
 */
export async function takeFiles(from: string, directory: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const source = bytesOfText(path.join(from, file));
    const place = bytesOfText(path.join(directory, file));
    const facts = await lstat(source).catch(() => undefined);
    await makeRoom(directory, file, facts !== undefined);
    if (facts?.isSymbolicLink())
      await symlink(bytesOfText(textOfBytes(await readlink(source, { encoding: 'buffer' }))), place);
    else if (facts?.isFile()) await copyFile(source, place);
  }
}

/** Writes a text file of a tree, as `takeFiles` does. */
export async function putFile(directory: string, file: string, text: string): Promise<void> {
  await makeRoom(directory, file, true);
  await writeFile(bytesOfText(path.join(directory, file)), bytesOfText(text));
}

/** Removes what a tree has at a path, and what is in the way to it. */
async function makeRoom(directory: string, file: string, wanted: boolean): Promise<void> {
  const folders = file.split('/').slice(0, -1);
  let folder = directory;
  for (const name of folders) {
    folder = path.join(folder, name);
    const facts = await lstat(bytesOfText(folder)).catch(() => undefined);
    if (facts?.isDirectory()) continue;
    if (!wanted) return; // and nothing is at the path
    await rm(bytesOfText(folder), { force: true });
    await mkdir(bytesOfText(folder));
  }
  await rm(bytesOfText(path.join(directory, file)), { recursive: true, force: true });
}
