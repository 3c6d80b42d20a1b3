import os from 'node:os';
import path from 'node:path';

/** Where clones and unpacked archives are kept between runs (`XDG_CACHE_HOME`, else `~/.cache`). */
export function cacheDirectory(): string {
  const root = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  return path.join(root, 'patchdiff', 'repositories');
}
