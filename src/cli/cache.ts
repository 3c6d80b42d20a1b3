import os from 'node:os';
import path from 'node:path';

/** What is kept between runs. */
export type CacheKind = 'repositories' | 'datasets';

/** Where things of a kind are kept between runs (below `XDG_CACHE_HOME`, else `~/.cache`). */
export function cacheDirectory(kind: CacheKind): string {
  const root = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  return path.join(root, 'patchdiff', kind);
}
