import { isSeedOf } from '../../inputs/seeds/test-seeds.js';
import type { Seed } from '../../model/input.js';
import type { Target } from '../../model/target.js';
import { freeNames } from '../../python/names.js';

/** Tests that name a target (or its class) before the others, the files' order kept otherwise. */
export function mentionsFirst(seeds: readonly Seed[], targets: readonly Target[]): Seed[] {
  const names = new Set(targets.flatMap(({ qualname }) => qualname.split('.')));
  const mentions = (seed: Seed) => [...freeNames(seed.statements.join('\n'))].some((name) => names.has(name));
  const ranked = seeds.map((seed) => ({ seed, rank: mentions(seed) ? 0 : 1 }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ seed }) => seed);
}

/** Tests of the fix before the others, the order kept otherwise. */
export function fixFirst(seeds: readonly Seed[], failToPass: readonly string[]): Seed[] {
  const isOfFix = (seed: Seed) => failToPass.some((id) => isSeedOf(seed, id));
  return [...seeds.filter(isOfFix), ...seeds.filter((seed) => !isOfFix(seed))];
}
