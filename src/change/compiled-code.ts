import { open } from 'node:fs/promises';
import path from 'node:path';
import { bytesOfText } from '../platform/byte-text.js';

/** Whether a file is code in a form that cannot be read, by its name. */
export const isCompiled = (file: string): boolean => /\.(py[co]|pyd|so|dll|dylib)$/.test(file);

/**
 * Whether an interpreter would load a compiled file of a tree. Byte code in `__pycache__` that goes by the time of its
 * source is of no use on any other checkout: leftovers of a run are that. False where the tree has no such file.
 */
export async function isLoadable(directory: string, file: string): Promise<boolean> {
  const header = await headerOf(path.join(directory, file));
  if (header === undefined) return false;
  if (!/\.py[co]$/.test(file) || !/(^|\/)__pycache__\//.test(file)) return true;
  // Since Python 3.7: a magic number, then flags, of which the lowest stands for a hash of the source. Earlier versions
  // have the time there, which is larger than any flags.
  const flags = header.length >= 8 ? header.readUInt32LE(4) : 0;
  return flags <= 3 && (flags & 1) === 1;
}

async function headerOf(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(bytesOfText(file));
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
