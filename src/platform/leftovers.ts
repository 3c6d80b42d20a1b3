import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isAbandoned } from './ownership.js';
import { killMarkedBelow } from './marked-processes.js';
import { removeDirectory } from './remove-directory.js';

/**
 * Removes the directories in `parent` whose names begin with `prefix` and carry the mark of an owner that no longer
 * runs, and first the processes that it left running in them. What cannot be removed, such as another user's, stays.
 */
export async function removeLeftDirectories(parent: string, prefix: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const left = names.filter((name) => name.startsWith(prefix) && isAbandoned(name));
  for (const directory of left.map((name) => path.join(parent, name))) {
    await killMarkedBelow(directory);
    await removeDirectory(directory).catch(() => undefined);
  }
}
