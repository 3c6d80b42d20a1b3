import { isPython } from '../python/python-parser.js';
import type { Input } from '../model/input.js';

/** The mutants of one input. */
export interface MutationSource {
  /** In the order in which to try them; made lazily, so that only those are made that are tried. */
  readonly mutants: Iterable<Input>;
  /** How many are taken each time it is the turn of this source. */
  readonly turn: number;
}

/**
 * Up to `limit` mutants, made lazily: the first `turn` of each source, then the next of each, and so on, so that no seed
 * uses up the budget of the others. Skips texts that are not Python and mutants whose ids are in `tried`; adds the ids of
 * those it gives.
 */
export function* roundRobin(
  sources: readonly MutationSource[],
  limit: number,
  tried: Set<string>,
): Generator<Input> {
  let given = 0;
  for (const mutant of inTurn(sources)) {
    if (given >= limit) return;
    if (tried.has(mutant.id) || !isPython(mutant.source)) continue;
    tried.add(mutant.id);
    given += 1;
    yield mutant;
  }
}

function* inTurn(sources: readonly MutationSource[]): Generator<Input> {
  let waiting = sources.map(({ mutants, turn }) => ({ line: mutants[Symbol.iterator](), turn }));
  while (waiting.length > 0) {
    const ended = new Set<Iterator<Input>>();
    for (const { line, turn } of waiting) {
      for (let taken = 0; taken < turn && !ended.has(line); taken++) {
        const next = line.next();
        if (next.done) ended.add(line);
        else yield next.value;
      }
    }
    waiting = waiting.filter(({ line }) => !ended.has(line));
  }
}
