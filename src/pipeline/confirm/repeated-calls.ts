import { sortByKeys } from '../../compare/sort-by-keys.js';
import { revise } from '../../inputs/program/input.js';
import type { Input } from '../../model/input.js';
import type { Observed } from '../../observe/pair-observer.js';
import { programLengths } from './graded-difference.js';

/** Inputs that are repeated, and how often each runs in its process before it is observed. */
const MOST_REPEATED = 8;
const TIMES_BEFORE = 4;
/** The name of the mutation. */
export const REPEATED = 'repeated call';

/**
 * Inputs that run what both sides answered alike several times in one process before they observe it, as a caller may: code
 * may answer the first call of a process only.
 */
export function repeatedCalls(observed: readonly Observed[]): Input[] {
  const lengthOf = programLengths();
  const alike = observed
    .filter(({ comparison, candidate }) => comparison.kind === 'same' && candidate.hits.length > 0)
    .map(({ input }) => input)
    .filter(({ domain }) => domain !== 'contrived');
  return sortByKeys(alike, (input) => [input.mutations.length, lengthOf(input)])
    .slice(0, MOST_REPEATED)
    .map((input) =>
      revise(input, {
        prefix: [...input.prefix, ...Array.from({ length: TIMES_BEFORE }, () => input.source)],
        generator: 'mutation',
        mutations: [...input.mutations, REPEATED],
      }),
    );
}
