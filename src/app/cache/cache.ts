import os from 'node:os';
import path from 'node:path';

/** What is kept between runs. */
export const CACHE_KINDS = ['repositories', 'datasets', 'environments', 'results'] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];

/** Where everything is kept between runs: below `XDG_CACHE_HOME`, else `~/.cache`. */
export function cacheRoot(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'patchdiff');
}

/** Where things of a kind are kept between runs. */
export const cacheDirectory = (kind: CacheKind): string => path.join(cacheRoot(), kind);
