import { parsePython } from '../analysis/python-parser.js';
import type { Input } from '../model/input.js';

/** The mutants of one input, in line. */
export interface MutationSource {
  /** In the order to try them. */
  readonly mutants: readonly Input[];
  /** How many are taken each time it is this source's turn. */
  readonly turn: number;
}

/**
 * Takes up to `limit` mutants: each source's first `turn`, then each one's next, and so on, so that no seed uses
 * up the budget of the others. Mutants already `tried`, and texts that are not Python, are passed over.
 */
export function roundRobin(
  sources: readonly MutationSource[],
  limit: number,
  tried: ReadonlySet<string>,
): Input[] {
  const chosen = new Map<string, Input>();
  const rounds = Math.max(0, ...sources.map(({ mutants, turn }) => Math.ceil(mutants.length / turn)));
  for (let round = 0; round < rounds && chosen.size < limit; round++) {
    for (const { mutants, turn } of sources) {
      for (const mutant of mutants.slice(round * turn, (round + 1) * turn)) {
        if (tried.has(mutant.id) || chosen.size >= limit) continue;
        if (!parsePython(mutant.source).hasError) chosen.set(mutant.id, mutant);
      }
    }
  }
  return [...chosen.values()];
}
