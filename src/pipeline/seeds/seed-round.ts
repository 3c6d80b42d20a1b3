import type { Budget, TimeLimit } from '../../platform/budget.js';
import { inputsOfSeed } from '../../inputs/observables.js';
import type { Input, Seed } from '../../model/input.js';
import type { Observed, PairObserver } from '../../observe/pair-observer.js';

/** The seconds of one pair that observing seeds and searching share. */
export type SearchBudget = Budget<'seeds' | 'search'>;

/** Unmutated inputs of one pair, at most. */
const MOST_SEED_INPUTS = 800;
/** What the inputs of seeds have of the budget before mutation begins; those left over have what is left after it. */
const SEED_SHARE = 0.4;

/** Which seeds there are to observe. */
export interface SeedChoice {
  /** Known to be worth observing. */
  readonly known: readonly Seed[];
  /** Finds out which others are, on the candidate; may give the known ones again. Its time is not of the budget. */
  readonly survey: () => Promise<readonly Seed[]>;
}

/** Inputs as people wrote them, observed; and those to which gold answered otherwise when it was asked again. */
export interface ObservedSeeds {
  readonly steady: readonly Observed[];
  readonly unsteady: readonly Observed[];
  /** Whether time left some of them unobserved. */
  readonly cut: boolean;
}

/** The part of a search that observes inputs as they were written. */
export interface SeedRound extends Pick<ObservedSeeds, 'steady' | 'unsteady'> {
  /** Of all seeds, those that time left unobserved among them, each once. */
  readonly inputs: readonly Input[];
}

/**
 * Observes the inputs of the seeds, those known to be worth it before the others, as far as their share of the budget
 * goes. What is done here is spent by the caller.
 */
export async function observeRound(
  { known, survey }: SeedChoice,
  observer: PairObserver,
  budget: SearchBudget,
): Promise<SeedRound> {
  const limits = { limit: budget.share(SEED_SHARE), again: budget };
  const early = inputsOf(known).slice(0, MOST_SEED_INPUTS);
  const first = await observeSteady(early, observer, limits);
  const ids = new Set(early.map(({ id }) => id));
  const surveyed = await budget.pause(survey);
  const others = inputsOf(surveyed.filter((seed) => !known.includes(seed)))
    .filter(({ id }) => !ids.has(id))
    .slice(0, MOST_SEED_INPUTS - early.length);
  const second = await observeSteady(others, observer, limits);
  return {
    inputs: [...early, ...others],
    steady: [...first.steady, ...second.steady],
    unsteady: [...first.unsteady, ...second.unsteady],
  };
}

/**
 * Observes inputs. What the fixtures of a host test do often leads outside: where gold answers otherwise when it is asked
 * again, mutants say nothing either.
 * @param limits `limit` for observing, `again` for asking gold a second time
 */
export async function observeSteady(
  inputs: readonly Input[],
  observer: PairObserver,
  { limit, again }: { readonly limit: TimeLimit; readonly again: TimeLimit },
): Promise<ObservedSeeds> {
  const { observed, cut } = await observer.observe(inputs, { limit });
  const hosted = observed.map(({ input }) => input).filter(({ host }) => host);
  const unsteady = hosted.length > 0 ? await observer.unsteady(hosted, again) : new Set<string>();
  const isUnsteady = ({ input }: Observed) => unsteady.has(input.id);
  return {
    steady: observed.filter((one) => !isUnsteady(one)),
    unsteady: observed.filter(isUnsteady),
    cut,
  };
}

/** What seeds give to observe, each input once. */
function inputsOf(seeds: readonly Seed[]): Input[] {
  return [...new Map(seeds.flatMap(inputsOfSeed).map((input) => [input.id, input])).values()];
}
