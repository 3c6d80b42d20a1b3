/** The same items in another order: the first of every group, then the second of every group, and so on. */
export function interleave<T>(items: readonly T[], groupOf: (item: T) => string): T[] {
  const places = new Map<string, number>();
  return items
    .map((item) => {
      const group = groupOf(item);
      const place = places.get(group) ?? 0;
      places.set(group, place + 1);
      return { item, place };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
