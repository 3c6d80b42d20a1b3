import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { STDLIB_MODULES } from '../python/stdlib-modules.js';

/** Files at the root of a tree that tools load by their name. */
const LOADED_BY_NAME = new Set([
  'conftest',
  'noxfile',
  'runtests',
  'setup',
  'sitecustomize',
  'usercustomize',
]);

/**
 * Whether a candidate left a Python script that nothing can load: gold has no such file, it lies at the root, no
 * tool or standard module goes by its name, and no other Python file of the tree so much as mentions that name. Such
 * files are what is left of a reproduction of the issue. `file` is relative to both directories, POSIX.
 */
export async function isStrayScript(gold: string, directory: string, file: string): Promise<boolean> {
  const name = /^([A-Za-z_]\w*)\.py$/.exec(file)?.[1];
  if (name === undefined || LOADED_BY_NAME.has(name) || STDLIB_MODULES.has(name)) return false;
  if (existsSync(path.join(gold, file)) || !existsSync(path.join(directory, file))) return false;
  const mention = new RegExp(`\\b${name}\\b`);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
    const full = path.join(entry.parentPath, entry.name);
    if (path.relative(directory, full) !== file && mention.test(await readFile(full, 'latin1'))) return false;
  }
  return true;
}
