import type { Table } from '../../inputs/mutate/public-tables.js';
import { mutantsOf } from '../../inputs/mutate/mutate.js';
import type { MutationMaterial } from '../../inputs/mutate/mutation-operator.js';
import { returnTypes, type Answer } from '../../inputs/mutate/return-types.js';
import { Random } from '../../inputs/program/random.js';
import { readTargetLiterals } from '../../inputs/mutate/target-literals.js';
import { roundRobin } from '../../inputs/schedule.js';
import type { Input } from '../../model/input.js';
import type { Target } from '../../model/target.js';
import type { SeedBank } from '../seeds/collect-seeds.js';
import type { FixEvidence } from './fix-evidence.js';
import { chosen, considered } from './mutation-sources.js';
import { frontierInputs, type FrontierPlace } from './frontier-calls.js';
import { Novelty } from './novelty.js';
import { operatorTurns } from './operator-turns.js';
import type { AuditOptions } from '../../model/options.js';
import { signatureOfObserved, type Observed, type PairObserver } from '../../observe/pair-observer.js';
import { Paths } from './paths.js';
import { observeSteady, type SeedRound } from '../seeds/seed-round.js';

const MUTANTS_PER_SOURCE = 200;
/** What takes longer is seldom worth the many others that could have run; what hangs costs this on both sides. */
const SECONDS_PER_MUTANT = 1;
/** Of the mutants and of the time, calls at the frontier: few, as what they show is seldom all that public. */
const FRONTIER_SHARE = 0.05;
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
  /** Not among those: inputs that gold itself answered otherwise when it was asked again. */
  readonly unsteady: readonly Observed[];
  readonly budgetCut: boolean;
}

/** Where a search looks. */
export interface SearchSpace {
  readonly bank: SeedBank;
  readonly targets: readonly Target[];
  readonly tables: readonly Table[];
  readonly places: readonly FrontierPlace[];
}

/**
 * After the round of the seeds, for the rest of the budget: their mutants and calls at the frontier, then mutants of the mutants that
 * reached a target and were answered; most of them near inputs on which the fix shows or on which the sides take different ways. A
 * round ends when its inputs stop teaching anything new. Seeds that were left come last.
 */
export async function search(
  space: SearchSpace,
  seeds: SeedRound,
  observer: PairObserver,
  fix: FixEvidence,
  options: AuditOptions,
): Promise<SearchResult> {
  const deadline = Date.now() + options.budgetSeconds * 1000 - seeds.milliseconds;
  const observed = [...seeds.steady];
  const targetLiterals = readTargetLiterals(space.targets);
  const returns = returnTypes(observed.flatMap(answersOf));
  const tried = new Set(seeds.inputs.map(({ id }) => id));
  const secondsPerMutant = Math.min(SECONDS_PER_MUTANT, options.secondsPerInput);
  const paths = new Paths();
  const novelty = new Novelty();
  novelty.exhausted(observed);
  let cut = false;
  let shortened = false;
  for (const [round, { share, mutations }] of ROUNDS.entries()) {
    if (cut || kindsOf(observed) >= ENOUGH_KINDS) break;
    paths.learn(observed);
    const random = new Random(options.seed, 'sources');
    const possible = considered(observed, space.targets, mutations, random);
    const showFix = await fix.among(possible, deadline, secondsPerMutant);
    const learnt = { returns, targetLiterals, turns: operatorTurns(observed) };
    const sources = chosen(possible, showFix, paths).map((source) => ({
      mutants: mutate(source.observed.input, space, learnt, options.seed),
      turn: source.turn,
    }));
    const mutants = roundRobin(sources, Math.round(options.mutants * share), tried);
    novelty.again();
    const found = await observer.observe(mutants, deadline, secondsPerMutant, (chunk) =>
      novelty.exhausted(chunk),
    );
    observed.push(...found);
    cut = observer.cut;
    if (round === 0 && !cut && kindsOf(observed) < ENOUGH_KINDS) {
      observed.push(...(await callsAtFrontier(space, observed, observer, fix, options, deadline)));
      shortened = observer.cut;
    }
  }
  const asked = new Set([...seeds.steady, ...seeds.unsteady].map(({ input }) => input.id));
  const left = seeds.inputs.filter(({ id }) => !asked.has(id));
  const late = await observeSteady(left, observer, deadline, deadline);
  return {
    observed: [...observed, ...late.steady],
    unsteady: [...seeds.unsteady, ...late.unsteady],
    budgetCut: cut || shortened || observer.cut,
  };
}

/** Calls into the changed functions with the objects that seeds pass there, within their share of the budget. */
async function callsAtFrontier(
  { places, bank }: SearchSpace,
  observed: readonly Observed[],
  observer: PairObserver,
  fix: FixEvidence,
  options: AuditOptions,
  deadline: number,
): Promise<Observed[]> {
  const end = Math.min(deadline, Date.now() + FRONTIER_SHARE * options.budgetSeconds * 1000);
  const seconds = Math.min(SECONDS_PER_MUTANT, options.secondsPerInput);
  const onAllSides = async (inputs: readonly Input[]) => {
    const answers = await observer.observe(inputs, end, seconds);
    const alike = answers.filter(
      ({ comparison, candidate }) => comparison.kind !== 'different' && candidate.outcome.kind === 'value',
    );
    const changed = await fix.among(alike, end, seconds);
    return new Map(alike.filter((one) => !changed.has(one)).map(({ input, gold }) => [input.id, gold]));
  };
  const calls = await frontierInputs(
    {
      places,
      observed,
      bank,
      ask: onAllSides,
      random: new Random(options.seed, 'frontier'),
    },
    Math.round(options.mutants * FRONTIER_SHARE),
  );
  return observer.observe(calls, end, seconds);
}

/** What was learnt of the pair so far. */
type Learnt = Pick<MutationMaterial, 'returns' | 'targetLiterals' | 'turns'>;

function* mutate(input: Input, space: SearchSpace, learnt: Learnt, seed: number): Generator<Input> {
  const { bank, targets, tables } = space;
  const random = new Random(seed, input.id);
  const { pool, widen } = bank.surroundings(input);
  yield* mutantsOf(widen(input), { ...learnt, pool, targets, tables, random }, MUTANTS_PER_SOURCE);
}

/** Kinds of divergence on inputs that count: not those that only an ill-typed argument shows. */
const kindsOf = (observed: readonly Observed[]): number =>
  new Set(
    observed
      .filter(({ input }) => !input.illTyped)
      .map(signatureOfObserved)
      .filter((signature) => signature !== ''),
  ).size;

/** What the reference answered to an input, where that is a value. */
const answersOf = ({ input: { source }, gold: { outcome } }: Observed): Answer[] =>
  outcome.kind === 'value' ? [{ source, value: outcome.value }] : [];
