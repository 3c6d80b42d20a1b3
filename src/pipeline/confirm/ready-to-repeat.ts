import type { RunSeeds } from '../../model/options.js';
import type { Observed } from '../../observe/observed.js';
import type { SideProbes } from '../../observe/side-probes.js';

/** What is asked whether it is ready. */
interface Sides extends Record<'base' | 'gold' | 'candidate', Pick<SideProbes, 'ready'>> {
  readonly seeds: RunSeeds;
}

/**
 * Where something differs, waits for the servers that repeating it takes: the search may have used up theirs, and importing a
 * package anew may take longer than there is time to confirm.
 */
export async function readyToRepeat(
  { base, gold, candidate, seeds }: Sides,
  observed: readonly Observed[],
): Promise<void> {
  if (!observed.some(({ comparison }) => comparison.kind === 'different')) return;
  await Promise.all([base.ready(seeds.slice(0, 1)), gold.ready(seeds), candidate.ready(seeds)]);
}
