import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from './disk-error.js';
import { ownerMark } from './ownership.js';

/**
 * Writes a whole file or nothing: a reader sees the old content or the new one, whatever interrupts the
 * writing. Makes the directory. Throws InfraError `disk-full` or `not-writable` naming the path.
 *
 * Not done by `write-file-atomic` or `atomically`: when the disk fills, they rename a file that was written in part
 * and report success, and they name temporary files such that nobody can tell whether the writer still runs.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${ownerMark()}-${randomUUID()}`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeAndSync(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, file);
  }
}

/** Some file systems report a full disk only when the data is forced out. */
async function writeAndSync(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
