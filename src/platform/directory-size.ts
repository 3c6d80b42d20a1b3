import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Bytes that a file, or a directory with everything below it, takes on disk; 0 when there is none. */
export async function sizeOnDisk(file: string): Promise<number> {
  const facts = await lstat(file).catch(() => undefined);
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.blocks * 512;
  let bytes = facts.blocks * 512;
  for (const name of await readdir(file)) bytes += await sizeOnDisk(path.join(file, name));
  return bytes;
}
