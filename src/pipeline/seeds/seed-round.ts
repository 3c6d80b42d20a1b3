import { inputsOfSeed } from '../../inputs/observables.js';
import type { Input, Seed } from '../../model/input.js';
import type { Observed, PairObserver } from '../../observe/pair-observer.js';

/** Unmutated inputs of one pair, at most. */
const MOST_SEED_INPUTS = 800;
/** Of the budget, what the inputs of seeds have before mutation begins; those left over have what is left after it. */
const SEED_SHARE = 0.4;

/** Which seeds there are to observe. */
export interface SeedChoice {
  /** Known to be worth observing. */
  readonly known: readonly Seed[];
  /** Finds out which others are, on the candidate; may give the known ones again. Its time is not of the budget. */
  readonly survey: () => Promise<readonly Seed[]>;
}

/** What was observed of inputs that people wrote, and of it what gold answered otherwise when it was asked again. */
export interface ObservedSeeds {
  readonly steady: readonly Observed[];
  readonly unsteady: readonly Observed[];
}

/** The part of a search that observes inputs as they were written. */
export interface SeedRound extends ObservedSeeds {
  /** Of all seeds, those that time left unobserved among them, each once. */
  readonly inputs: readonly Input[];
  /** How long it took of the budget. */
  readonly milliseconds: number;
}

/** Observes the inputs of the seeds, those known to be worth it before the others, as far as their share of the budget goes. */
export async function observeSeeds(
  { known, survey }: SeedChoice,
  observer: PairObserver,
  budgetSeconds: number,
): Promise<SeedRound> {
  const share = SEED_SHARE * budgetSeconds * 1000;
  const patience = budgetSeconds * 1000;
  const began = Date.now();
  const early = inputsOf(known).slice(0, MOST_SEED_INPUTS);
  const first = await observeSteady(early, observer, began + share, began + patience);
  const used = Date.now() - began;
  const ids = new Set(early.map(({ id }) => id));
  const added = (await survey()).filter((seed) => !known.includes(seed));
  const others = inputsOf(added)
    .filter(({ id }) => !ids.has(id))
    .slice(0, MOST_SEED_INPUTS - early.length);
  const wentOn = Date.now() - used;
  const second = await observeSteady(others, observer, wentOn + share, wentOn + patience);
  return {
    inputs: [...early, ...others],
    steady: [...first.steady, ...second.steady],
    unsteady: [...first.unsteady, ...second.unsteady],
    milliseconds: Date.now() - wentOn,
  };
}

/**
 * Observes inputs until `end`. What a host test's fixtures do often leads outside: where gold answers otherwise when it is
 * asked again, for which there is time until `deadline`, mutants say nothing either.
 */
export async function observeSteady(
  inputs: readonly Input[],
  observer: PairObserver,
  end: number,
  deadline: number,
): Promise<ObservedSeeds> {
  const observed = await observer.observe(inputs, end);
  const hosted = observed.map(({ input }) => input).filter(({ host }) => host);
  const unsteady = hosted.length > 0 ? await observer.unsteady(hosted, deadline) : new Set<string>();
  const isUnsteady = ({ input }: Observed) => unsteady.has(input.id);
  return {
    steady: observed.filter((one) => !isUnsteady(one)),
    unsteady: observed.filter(isUnsteady),
  };
}

/** What seeds give to observe, each input once. */
function inputsOf(seeds: readonly Seed[]): Input[] {
  return [...new Map(seeds.flatMap(inputsOfSeed).map((input) => [input.id, input])).values()];
}
