import { compareObservations } from '../../compare/compare.js';
import { reductions } from '../../reduce/reduce.js';
import { signatureOf } from '../../compare/signature.js';
import type { Input } from '../../model/input.js';
import type { ThreeSides } from '../confirm/confirm.js';
import type { Evidence } from '../confirm/evidence.js';

/** Reductions tried at once on both sides, and rounds of that. */
const BATCH = 24;
const MOST_ROUNDS = 14;

/**
 * The smallest program found, by one-step reductions, that shows the same divergence: same signature on gold
 * and candidate. Ends when no reduction keeps it, after a fixed number of rounds, or at the deadline. The
 * reductions of a round share children, so that what comes out has to be confirmed alone.
 */
export async function shrink(found: Evidence, sides: ThreeSides, deadline: number): Promise<Input> {
  const tried = new Set([found.input.id]);
  let smallest = found.input;
  for (let round = 0; round < MOST_ROUNDS && Date.now() < deadline; round++) {
    const untried = reductions(smallest).filter(({ id }) => !tried.has(id));
    const smaller = await firstThatStays(untried, found.signature, sides, tried, deadline);
    if (!smaller) break;
    smallest = smaller;
  }
  return smallest;
}

async function firstThatStays(
  candidates: readonly Input[],
  signature: string,
  { gold, candidate }: ThreeSides,
  tried: Set<string>,
  deadline: number,
): Promise<Input | undefined> {
  for (let start = 0; start < candidates.length && Date.now() < deadline; start += BATCH) {
    const batch = candidates.slice(start, start + BATCH);
    const [goldAnswers, candidateAnswers] = await Promise.all([
      gold.observe(batch, deadline),
      candidate.observe(batch, deadline),
    ]);
    for (const { id } of batch) tried.add(id);
    const stays = batch.find(({ id }) => {
      const [left, right] = [goldAnswers.get(id), candidateAnswers.get(id)];
      if (!left || !right) return false;
      const comparison = compareObservations(left, right);
      return (
        comparison.kind === 'different' && signatureOf(comparison.differences, left, right) === signature
      );
    });
    if (stays) return stays;
  }
  return undefined;
}
