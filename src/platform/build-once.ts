import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { removeLeftDirectories } from './leftovers.js';
import { diskError } from './disk-error.js';
import { ownerMark } from './ownership.js';

/**
 * Makes sure that the directory `target` exists, complete: `build` fills a temporary one beside it, which is
 * then renamed. When several processes build it at once, all use the result of the first to finish.
 */
export async function buildOnce(target: string, build: (directory: string) => Promise<void>): Promise<void> {
  if (await isDirectory(target)) return;
  let temporary: string | undefined;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await removeLeftDirectories(path.dirname(target), `${path.basename(target)}.part-`);
    temporary = await mkdtemp(`${target}.part-${ownerMark()}-`);
    await build(temporary);
    await rename(temporary, target);
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    if (!(await isDirectory(target))) throw diskError(error, target);
  }
}

async function isDirectory(file: string): Promise<boolean> {
  return stat(file).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
