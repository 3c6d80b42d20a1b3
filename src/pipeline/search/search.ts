import { roundRobin } from '../../inputs/schedule.js';
import { returnTypes } from '../../inputs/mutate/return-types.js';
import { readTargetLiterals } from '../../inputs/mutate/target-literals.js';
import { Random } from '../../inputs/program/random.js';
import type { Observed } from '../../observe/pair-observer.js';
import { observeSteady, type SeedRound } from '../seeds/seed-round.js';
import { callsAtFrontier } from './calls-at-frontier.js';
import { answersOf, mutate, SECONDS_PER_MUTANT } from './mutants.js';
import { scheduleParents, selectParents } from './parents.js';
import { Novelty } from './novelty.js';
import { operatorTurns } from './operator-turns.js';
import { Paths } from './paths.js';
import { hasEnoughKinds, type SearchSpace, type SearchTools } from './search-space.js';

/** Shares of the mutants: those of seeds, those of the mutants that reached a target, and at last what is contrived. */
const ROUNDS = [
  { share: 0.5, mutations: 0, domain: 'in-domain' },
  { share: 0.4, mutations: 1, domain: 'in-domain' },
  { share: 0.1, mutations: 0, domain: 'contrived' },
] as const;

/** Everything that was observed of a pair. */
export interface SearchResult {
  readonly observed: readonly Observed[];
  /** Not among those: inputs that gold itself answered otherwise when it was asked again. */
  readonly unsteady: readonly Observed[];
  readonly budgetCut: boolean;
}

/**
 * For what the seeds left of the budget: mutants of the seeds and calls at the frontier, then mutants of the mutants that
 * reached a target and were answered, most of them near inputs on which the fix shows or on which the sides take
 * different ways. A round ends when its inputs stop teaching anything new. Seeds that were left come last.
 */
export function search(space: SearchSpace, seeds: SeedRound, tools: SearchTools): Promise<SearchResult> {
  return tools.budget.spend('search', async () => {
    const mutated = await searchMutants(space, seeds, tools);
    const asked = new Set([...seeds.steady, ...seeds.unsteady].map(({ input }) => input.id));
    const left = seeds.inputs.filter(({ id }) => !asked.has(id));
    const late = await observeSteady(left, tools.observer, { limit: tools.budget, again: tools.budget });
    return {
      observed: [...mutated.observed, ...late.steady],
      unsteady: [...seeds.unsteady, ...late.unsteady],
      budgetCut: mutated.cut || late.cut,
    };
  });
}

async function searchMutants(
  space: SearchSpace,
  seeds: SeedRound,
  tools: SearchTools,
): Promise<{ readonly observed: readonly Observed[]; readonly cut: boolean }> {
  const { observer, fix, budget, options } = tools;
  const observed = [...seeds.steady];
  const lessons = {
    targetLiterals: readTargetLiterals(space.targets),
    returns: returnTypes(observed.flatMap(answersOf)),
  };
  const tried = new Set(seeds.inputs.map(({ id }) => id));
  const secondsPerInput = Math.min(SECONDS_PER_MUTANT, options.secondsPerInput);
  const paths = new Paths();
  const novelty = new Novelty();
  novelty.exhausted(observed);
  let frontierCut = false;
  for (const [round, { share, mutations, domain }] of ROUNDS.entries()) {
    if (hasEnoughKinds(observed)) break;
    paths.learn(observed);
    const random = new Random(options.seed, 'sources');
    const possible = selectParents(observed, space.targets, mutations, random);
    const showFix = await fix.among(possible, budget, secondsPerInput);
    const learnt = { ...lessons, turns: operatorTurns(observed) };
    const parents = scheduleParents(possible, showFix, paths).map((parent) => ({
      mutants: mutate(parent.observed.input, space, learnt, options.seed, domain),
      turn: parent.turn,
    }));
    const mutants = roundRobin(parents, Math.round(options.mutants * share), tried);
    novelty.again();
    const enough = (chunk: readonly Observed[]) => novelty.exhausted(chunk);
    const found = await observer.observe(mutants, { limit: budget, secondsPerInput, enough });
    observed.push(...found.observed);
    if (found.cut) return { observed, cut: true };
    if (round === 0 && !hasEnoughKinds(observed)) {
      const calls = await callsAtFrontier(space, observed, tools);
      observed.push(...calls.observed);
      frontierCut = calls.cut;
    }
  }
  return { observed, cut: frontierCut };
}
