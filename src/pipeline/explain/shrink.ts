import { comparePair } from '../../compare/pair.js';
import { reductions } from '../../reduce/reduce.js';
import { signatureOf } from '../../compare/signature.js';
import type { Input } from '../../model/input.js';
import type { TimeLimit } from '../../platform/budget.js';
import type { GradedDifference } from '../confirm/graded-difference.js';
import type { ThreeSides } from '../confirm/three-sides.js';

/** Reductions tried at once on both sides, and rounds of that, at most. */
const BATCH = 24;
const MOST_ROUNDS = 14;

/**
 * The smallest program found, by one-step reductions, that shows the same divergence: same signature on gold
 * and candidate. Ends when no reduction keeps it, after a fixed number of rounds, or when the time is up. The
 * reductions of a round share children, so that what comes out has to be confirmed alone.
 */
export async function shrink(found: GradedDifference, sides: ThreeSides, limit: TimeLimit): Promise<Input> {
  const tried = new Set([found.input.id]);
  let smallest = found.input;
  for (let round = 0; round < MOST_ROUNDS && limit.left > 0; round++) {
    const untried = reductions(smallest).filter(({ id }) => !tried.has(id));
    const smaller = await firstThatReproduces(untried, found.signature, sides, tried, limit);
    if (!smaller) break;
    smallest = smaller;
  }
  return smallest;
}

async function firstThatReproduces(
  candidates: readonly Input[],
  signature: string,
  { gold, candidate }: ThreeSides,
  tried: Set<string>,
  limit: TimeLimit,
): Promise<Input | undefined> {
  for (let start = 0; start < candidates.length && limit.left > 0; start += BATCH) {
    const batch = candidates.slice(start, start + BATCH);
    const [goldAnswers, candidateAnswers] = await Promise.all([
      gold.observe(batch, limit),
      candidate.observe(batch, limit),
    ]);
    for (const { id } of batch) tried.add(id);
    const reproduces = batch.find(({ id }) => {
      const [left, right] = [goldAnswers.get(id), candidateAnswers.get(id)];
      if (!left || !right) return false;
      const comparison = comparePair(left, right);
      return (
        comparison.kind === 'different' && signatureOf(comparison.differences, left, right) === signature
      );
    });
    if (reproduces) return reproduces;
  }
  return undefined;
}
