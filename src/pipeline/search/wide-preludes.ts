import type { Input } from '../../model/input.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { SearchSpace, SearchTools } from './search-space.js';

/**
 * Finds out, with one input of each test module, where the names that mutants draw from its module can be bound: what a
 * module does at its top level may not run outside of its test runner, and no mutant would run there either.
 */
export async function widePreludes(
  observed: readonly Observed[],
  { bank }: SearchSpace,
  { observer, budget }: SearchTools,
): Promise<(input: Input) => boolean> {
  const files = new Map(bank.seeds.map(({ id, file }) => [id, file ?? '']));
  const fileOf = ({ seed }: Input) => files.get(seed) ?? '';
  const examples = new Map<string, Input>();
  for (const { input, gold } of observed) {
    if (gold.outcome.kind === 'setup-failed' || examples.has(fileOf(input))) continue;
    examples.set(fileOf(input), bank.surroundings(input).widen(input));
  }
  const answers = await observer.observe([...examples.values()], { limit: budget });
  const failed = new Set(
    answers.observed
      .filter(({ gold }) => gold.outcome.kind === 'setup-failed')
      .map(({ input }) => fileOf(input)),
  );
  return (input) => !failed.has(fileOf(input));
}
