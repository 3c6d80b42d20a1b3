import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { sizeOnDisk } from '../../platform/directory-size.js';

/** Something that is kept between runs. */
export interface CacheEntry {
  readonly path: string;
  readonly bytes: number;
  /** What an environment was built for; absent for entries of other kinds. */
  readonly of?: string;
}

/** What a directory of the cache holds, by name. */
export async function cacheEntries(directory: string, manifest: string): Promise<CacheEntry[]> {
  const names = await readdir(directory).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const entry = path.join(directory, name);
      const text = await readFile(path.join(entry, manifest), 'utf8').catch(() => undefined);
      const of = text === undefined ? {} : { of: (JSON.parse(text) as { name: string }).name };
      return { path: entry, bytes: await sizeOnDisk(entry), ...of };
    }),
  );
}

/** Removes an entry with everything in it. */
export async function removeEntry({ path: entry }: CacheEntry): Promise<void> {
  await rm(entry, { recursive: true, force: true });
}
