import type { Canonical } from '../model/observation.js';
import { canonicalText } from './canonical-facts.js';
import { byValue } from './leaves.js';

/** The key and the value of a dictionary's entry. */
export type Entry = readonly [Canonical, Canonical];

/** Whether two lists hold, each in its order of numbers or texts, what `alike` says differs by rounding only. */
export function pairedBy(
  left: readonly Canonical[],
  right: readonly Canonical[],
  alike: (left: Canonical, right: Canonical) => boolean,
): boolean {
  if (left.length !== right.length) return false;
  const [mine, others] = [sorted(left), sorted(right)];
  return mine.every((value, index) => {
    const other = others[index];
    return other !== undefined && alike(value, other);
  });
}

const sorted = (values: readonly Canonical[]): Canonical[] =>
  [...values].sort((a, b) => byValue(a, b, canonicalText));

/** Entries in an order in which keys that differ by rounding only have the same places. */
export const sortedByKey = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort(([a], [b]) => byValue(a, b, canonicalText));

/** What is left of both lists after equal members (by `text`) have been taken out in pairs. */
export function withoutCommon<T>(
  left: readonly T[],
  right: readonly T[],
  text: (item: T) => string,
): [T[], T[]] {
  const unmatched = new Map<string, T[]>();
  for (const item of right) unmatched.set(text(item), [...(unmatched.get(text(item)) ?? []), item]);
  const onlyLeft = left.filter((item) => unmatched.get(text(item))?.pop() === undefined);
  return [onlyLeft, [...unmatched.values()].flat()];
}
