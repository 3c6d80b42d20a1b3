/** The items sorted by their keys, lexicographically, smaller numbers first. Items with equal keys keep their order. */
export function sortByKeys<T>(items: readonly T[], keysOf: (item: T) => readonly number[]): T[] {
  return items
    .map((item) => ({ item, key: keysOf(item) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ item }) => item);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, position) => value !== b[position]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
