import { comparePair } from '../../compare/pair.js';
import { sortByKeys } from '../../compare/sort-by-keys.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { TimeLimit } from '../../platform/budget.js';
import { CANDIDATE_SECONDS, isAnswer } from './slow.js';
import type { ThreeSides } from './three-sides.js';

/** Inputs asked again: more that are left without an answer are no matter of a machine that was busy. */
const MOST_ASKED = 12;

/**
 * Asks again, alone and with time to spare, what only the candidate did not answer in time: where an answer takes about as long
 * as its time limit, a busy machine decides which side keeps to it.
 * @returns ids of the inputs that the candidate then answers as gold did
 */
export async function findLateAnswers(
  observed: readonly Observed[],
  {
    candidate,
    seeds,
  }: Pick<ThreeSides, 'seeds'> & { candidate: Pick<ThreeSides['candidate'], 'observeAlone'> },
  limit: TimeLimit,
): Promise<ReadonlySet<string>> {
  const late = observed.filter((one) => isAnswer(one.gold) && one.candidate.outcome.kind === 'timeout');
  const asked = sortByKeys(late, ({ input }) => [input.mutations.length]).slice(0, MOST_ASKED);
  if (asked.length === 0) return new Set();
  const inputs = asked.map(({ input }) => input);
  const answers = await candidate.observeAlone(inputs, seeds[0], limit, CANDIDATE_SECONDS);
  const isAlike = ({ input, gold }: Observed): boolean => {
    const answer = answers.get(input.id);
    return answer !== undefined && comparePair(gold, answer).kind === 'same';
  };
  return new Set(asked.filter(isAlike).map(({ input }) => input.id));
}
