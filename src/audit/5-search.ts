import { inputsOfSeed } from '../inputs/observables.js';
import { mutantsOf } from '../inputs/mutate/mutate.js';
import { Random } from '../inputs/random.js';
import { roundRobin } from '../inputs/schedule.js';
import type { Input, Seed } from '../model/input.js';
import type { Target } from '../model/target.js';
import type { SeedBank } from './4-seeds.js';
import type { AuditOptions } from './options.js';
import type { Observed, PairObserver } from './pair-observer.js';

/** Unmutated inputs of one pair, at most. */
const MOST_SEED_INPUTS = 2000;
/** Inputs that mutants are made from in one round. */
const MOST_SOURCES = 160;
const MUTANTS_PER_SOURCE = 120;
/** Share of the budget for mutants of seeds; the rest goes to mutants of the mutants that reached a target. */
const FIRST_ROUND = 0.6;

/** Everything that was observed of a pair. */
export interface SearchResult {
  readonly observed: readonly Observed[];
  readonly budgetCut: boolean;
}

/**
 * The inputs of the seeds, then their mutants, then mutants of the mutants that reached a target and were
 * answered. `onMutate` is told when mutation begins.
 */
export async function search(
  seeds: readonly Seed[],
  bank: SeedBank,
  targets: readonly Target[],
  observer: PairObserver,
  options: AuditOptions,
  onMutate: () => void,
): Promise<SearchResult> {
  const deadline = Date.now() + options.budgetSeconds * 1000;
  const inputs = new Map(seeds.flatMap(inputsOfSeed).map((input) => [input.id, input]));
  const observed = await observer.observe([...inputs.values()].slice(0, MOST_SEED_INPUTS), deadline);
  onMutate();
  const tried = new Set(inputs.keys());
  const first = Math.round(options.mutants * FIRST_ROUND);
  for (const quota of [first, options.mutants - first]) {
    const sources = mutationSources(observed, targets);
    const mutants = roundRobin(
      sources.map((input) => ({ input, mutants: mutate(input, bank, targets, options.seed) })),
      quota,
      tried,
    );
    for (const { id } of mutants) tried.add(id);
    observed.push(...(await observer.observe(mutants, deadline)));
  }
  return { observed, budgetCut: observer.cut };
}

function mutate(input: Input, bank: SeedBank, targets: readonly Target[], seed: number): Input[] {
  const random = new Random(seed, input.id);
  const { pool, widen } = bank.surroundings(input);
  return mutantsOf(widen(input), { pool, targets, random }).slice(0, MUTANTS_PER_SOURCE);
}

/**
 * Which inputs to mutate: those that reached a target, the ones whose answer was a value first, issue before
 * tests, short before long. Where nothing reached a target, every seed's input is worth a try.
 */
function mutationSources(observed: readonly Observed[], targets: readonly Target[]): Input[] {
  const ids = new Set(targets.map(({ id }) => id));
  const reached = observed.filter(({ gold, candidate }) =>
    [...gold.hits, ...candidate.hits].some((hit) => ids.has(hit)),
  );
  const answered = (reached.length > 0 ? reached : observed).filter(
    ({ gold, candidate }) => gold.outcome.kind === 'value' || candidate.outcome.kind === 'value',
  );
  return distinctSources([...answered].sort(byPromise).map(({ input }) => input)).slice(0, MOST_SOURCES);
}

/** One place for each text: the same expression after another prefix teaches little. */
function distinctSources(inputs: readonly Input[]): Input[] {
  const texts = new Set<string>();
  return inputs.filter(({ source }) => !texts.has(source) && texts.add(source));
}

const ORIGINS = { issue: 0, doctest: 1, test: 2 } as const;

function byPromise(a: Observed, b: Observed): number {
  return (
    a.input.mutations.length - b.input.mutations.length ||
    ORIGINS[a.input.seedOrigin] - ORIGINS[b.input.seedOrigin] ||
    a.input.source.length - b.input.source.length
  );
}
