import { parsePython } from '../analysis/python-parser.js';
import type { Input } from '../model/input.js';

/** Where an input stands in the queue for mutation. */
export interface MutationSource {
  readonly input: Input;
  /** Mutants in the order to try them. */
  readonly mutants: readonly Input[];
}

/**
 * Takes up to `limit` mutants: the first of every source, then the second of every source, and so on, so
 * that no seed uses up the budget of the others. Mutants already `tried`, and texts that are not Python, are
 * passed over.
 */
export function roundRobin(
  sources: readonly MutationSource[],
  limit: number,
  tried: ReadonlySet<string>,
): Input[] {
  const chosen = new Map<string, Input>();
  const longest = Math.max(0, ...sources.map(({ mutants }) => mutants.length));
  for (let index = 0; index < longest && chosen.size < limit; index++) {
    for (const { mutants } of sources) {
      const mutant = mutants[index];
      if (!mutant || tried.has(mutant.id) || chosen.size >= limit) continue;
      if (!parsePython(mutant.source).hasError) chosen.set(mutant.id, mutant);
    }
  }
  return [...chosen.values()];
}
