import { Random } from '../../inputs/program/random.js';
import type { Input } from '../../model/input.js';
import type { Observed, ObservedInputs } from '../../observe/pair-observer.js';
import { frontierInputs } from './frontier-calls.js';
import { SECONDS_PER_MUTANT } from './mutants.js';
import type { SearchSpace, SearchTools } from './search-space.js';

/** Of the mutants and of the time, calls at the frontier: few, as what they show is seldom all that public. */
const FRONTIER_SHARE = 0.05;

/** Calls into the changed functions with the objects that seeds pass there, within their share of the budget. */
export async function callsAtFrontier(
  { places, bank }: SearchSpace,
  observed: readonly Observed[],
  { observer, fix, budget, options }: SearchTools,
): Promise<ObservedInputs> {
  const limit = budget.share(FRONTIER_SHARE);
  const secondsPerInput = Math.min(SECONDS_PER_MUTANT, options.secondsPerInput);
  const askAllSides = async (inputs: readonly Input[]) => {
    const answers = await observer.observe(inputs, { limit, secondsPerInput });
    const alike = answers.observed.filter(
      ({ comparison, candidate }) => comparison.kind !== 'different' && candidate.outcome.kind === 'value',
    );
    const changed = await fix.among(alike, limit, secondsPerInput);
    return new Map(alike.filter((one) => !changed.has(one)).map(({ input, gold }) => [input.id, gold]));
  };
  const random = new Random(options.seed, 'frontier');
  const calls = await frontierInputs(
    { places, observed, bank, ask: askAllSides, random },
    Math.round(options.mutants * FRONTIER_SHARE),
  );
  return observer.observe(calls, { limit, secondsPerInput });
}
