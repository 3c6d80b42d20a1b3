import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The root of this repository, wherever a benchmark is started from. It is the nearest folder above this module that
 * has the command line, since the compiled module lies deeper than its source.
 */
export const ROOT = rootAbove(path.dirname(fileURLToPath(import.meta.url)));

function rootAbove(directory: string): string {
  if (existsSync(path.join(directory, 'bin', 'patchdiff.js'))) return directory;
  const parent = path.dirname(directory);
  if (parent === directory) throw new Error('the benchmarks are not in the repository of patchdiff');
  return rootAbove(parent);
}
