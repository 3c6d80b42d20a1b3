import { stat } from 'node:fs/promises';

/** What is at a path, links followed; null when there is nothing, or no permission to look. */
export async function kindOf(file: string): Promise<'file' | 'directory' | null> {
  return stat(file).then(
    (facts) => (facts.isDirectory() ? 'directory' : 'file'),
    () => null,
  );
}

export const isFile = async (file: string): Promise<boolean> => (await kindOf(file)) === 'file';

/** The items for which `keep` resolves to true, in their order. */
export async function filterAsync<T>(all: readonly T[], keep: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(all.map(keep));
  return all.filter((_, index) => kept[index]);
}
