import { inputsOfSeed } from '../inputs/observables.js';
import { mutantsOf } from '../inputs/mutate/mutate.js';
import { Random } from '../inputs/random.js';
import { roundRobin } from '../inputs/schedule.js';
import type { Input, Seed } from '../model/input.js';
import type { Target } from '../model/target.js';
import type { SeedBank } from './4-seeds.js';
import type { AuditOptions } from './options.js';
import { signatureOfObserved, type Observed, type PairObserver } from './pair-observer.js';

/** Unmutated inputs of one pair, at most. */
const MOST_SEED_INPUTS = 800;
/** Inputs that mutants are made from in one round. */
const MOST_SOURCES = 160;
const MUTANTS_PER_SOURCE = 200;
/** What takes longer is seldom worth the many others that could have run; what hangs costs this on both sides. */
const SECONDS_PER_MUTANT = 1;
/** Kinds of divergence that are more than a pair will be shown: enough to end the search. */
const ENOUGH_KINDS = 12;
/** Shares of the budget: mutants of seeds, mutants of the mutants that reached a target, and seeds again. */
const ROUNDS = [
  { share: 0.5, mutations: 0 },
  { share: 0.35, mutations: 1 },
  { share: 0.15, mutations: 0 },
] as const;

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
  const secondsPerMutant = Math.min(SECONDS_PER_MUTANT, options.secondsPerInput);
  for (const { share, mutations } of ROUNDS) {
    if (observer.cut || kindsOf(observed) >= ENOUGH_KINDS) break;
    const quota = Math.round(options.mutants * share);
    const sources = mutationSources(observed, targets, mutations, new Random(options.seed, 'sources'));
    const mutants = roundRobin(
      sources.map((input) => ({ input, mutants: mutate(input, bank, targets, options.seed) })),
      quota,
      tried,
    );
    for (const { id } of mutants) tried.add(id);
    observed.push(...(await observer.observe(mutants, deadline, secondsPerMutant)));
  }
  return { observed, budgetCut: observer.cut };
}

function mutate(input: Input, bank: SeedBank, targets: readonly Target[], seed: number): Input[] {
  const random = new Random(seed, input.id);
  const { pool, widen } = bank.surroundings(input);
  return mutantsOf(widen(input), { pool, targets, random }, MUTANTS_PER_SOURCE);
}

/**
 * Which inputs with so many `mutations` to mutate: those that reached a target and were answered with a value,
 * issue before tests, short before long. Where nothing reached a target, every one is worth a try. Of mutants
 * one is taken for each answer, so that what is mutated further is not all alike.
 */
function mutationSources(
  observed: readonly Observed[],
  targets: readonly Target[],
  mutations: number,
  random: Random,
): Input[] {
  const ids = new Set(targets.map(({ id }) => id));
  const reached = observed.filter(({ gold, candidate }) =>
    [...gold.hits, ...candidate.hits].some((hit) => ids.has(hit)),
  );
  const answered = (reached.length > 0 ? reached : observed).filter(
    ({ input, gold, candidate }) =>
      input.mutations.length === mutations &&
      (gold.outcome.kind === 'value' || candidate.outcome.kind === 'value'),
  );
  if (mutations > 0) return random.sample(onePerAnswer(answered), MOST_SOURCES).map(({ input }) => input);
  return distinctSources([...answered].sort(byPromise).map(({ input }) => input)).slice(0, MOST_SOURCES);
}

/** Well-typed inputs before the others, and of those with the same answer the first. */
function onePerAnswer(observed: readonly Observed[]): Observed[] {
  const answers = new Map<string, Observed>();
  for (const one of observed) {
    if (one.input.illTyped) continue;
    const answer = JSON.stringify([one.gold.outcome, one.input.seed]);
    if (!answers.has(answer)) answers.set(answer, one);
  }
  return [...answers.values()];
}

const kindsOf = (observed: readonly Observed[]): number =>
  new Set(observed.map(signatureOfObserved).filter((signature) => signature !== '')).size;

/** One place for each text: the same expression after another prefix teaches little. */
function distinctSources(inputs: readonly Input[]): Input[] {
  const texts = new Set<string>();
  return inputs.filter(({ source }) => !texts.has(source) && texts.add(source));
}

const ORIGINS = { issue: 0, doctest: 1, test: 2 } as const;

function byPromise(a: Observed, b: Observed): number {
  return (
    ORIGINS[a.input.seedOrigin] - ORIGINS[b.input.seedOrigin] || a.input.source.length - b.input.source.length
  );
}
