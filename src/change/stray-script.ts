import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { python } from '../python/language.js';

/**
 * Whether a candidate left a script behind that nothing can load: gold has no such file, it lies at the root, no tool
 * or standard module uses its name, and no other source file of the tree mentions that name. Such files are typically
 * left over from reproducing the issue. `file` is a POSIX path relative to both directories.
 */
export async function isStrayScript(gold: string, directory: string, file: string): Promise<boolean> {
  const name = python.scriptName(file);
  if (name === undefined) return false;
  if (existsSync(path.join(gold, file)) || !existsSync(path.join(directory, file))) return false;
  // Plain word boundaries and Latin-1: files of any encoding are searched, and the name is ASCII.
  const mention = new RegExp(`\\b${name}\\b`);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !python.isSourceFile(entry.name)) continue;
    const full = path.join(entry.parentPath, entry.name);
    if (path.relative(directory, full) !== file && mention.test(await readFile(full, 'latin1'))) return false;
  }
  return true;
}
