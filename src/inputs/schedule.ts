import { isPython } from '../python/python-parser.js';
import type { Input } from '../model/input.js';

/** The mutants of one input, in line. */
export interface MutationSource {
  /** In the order to try them; no more are asked for than are tried. */
  readonly mutants: Iterable<Input>;
  /** How many are taken each time it is this source's turn. */
  readonly turn: number;
}

/**
 * Up to `limit` mutants, made as they are asked for: each source's first `turn`, then each one's next, and so on, so that no
 * seed uses up the budget of the others. Mutants already `tried`, to which each that is given is added, and texts that
 * are not Python are passed over.
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
