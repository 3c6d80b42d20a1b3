import { secondsFromNow } from '../../platform/budget.js';
import { programLengths, type GradedDifference } from './graded-difference.js';
import type { ThreeSides } from './three-sides.js';
import { compareObservations, evidenceGap } from '../../compare/compare.js';
import { scopeOf } from '../../compare/scope.js';
import { signatureOf } from '../../compare/signature.js';
import { sortByKeys } from '../../compare/sort-by-keys.js';
import type { Difference, DivergenceClass } from '../../model/divergence.js';
import type { Observation } from '../../model/observation.js';
import type { Observed } from '../../observe/pair-observer.js';

/** Seconds that gold must answer within, and that the candidate must go beyond, alone and every time. */
export const GOLD_SECONDS = 0.5;
export const CANDIDATE_SECONDS = 10;
/** Inputs asked of gold again, and of those how many the candidate is given its time for. */
const MOST_ASKED = 6;
const MOST_WAITED_FOR = 2;
/** What waiting for one input on every side takes at most, beyond the time that is left for confirming. */
const WAITS = 4;
const SECONDS_FOR_ONE = WAITS * (CANDIDATE_SECONDS + 2);

const DIFFERENCES: readonly Difference[] = [
  {
    aspect: 'time',
    path: '',
    left: `answers within ${GOLD_SECONDS} s`,
    right: `no answer within ${CANDIDATE_SECONDS} s`,
  },
];

/**
 * Looks for one input that gold answers at once and on which the candidate does not come to an end. A time limit alone
 * is evidence for nothing: here the margin is twenty times, alone in a fresh fork, under every hash seed.
 */
export async function findSlow(
  observed: readonly Observed[],
  sides: Pick<ThreeSides, 'ground' | 'base' | 'gold' | 'candidate' | 'seeds'>,
): Promise<GradedDifference[]> {
  const lengthOf = programLengths();
  const hanging = observed
    .filter(({ gold, candidate }) => isAnswer(gold) && candidate.outcome.kind === 'timeout')
    .map(({ input }) => input);
  const suspects = sortByKeys(hanging, (input) => [input.mutations.length, lengthOf(input)]).slice(
    0,
    MOST_ASKED,
  );
  const [firstSeed] = sides.seeds;
  const enough = () => secondsFromNow(SECONDS_FOR_ONE);
  const quick = await sides.gold.observeAlone(suspects, firstSeed, enough(), GOLD_SECONDS);
  const asked = suspects.filter(({ id }) => isAnswer(quick.get(id)));
  for (const input of asked.slice(0, MOST_WAITED_FOR)) {
    const ask = async (side: 'base' | 'gold' | 'candidate', hashSeed: number, seconds: number) =>
      (await sides[side].observeAlone([input], hashSeed, enough(), seconds)).get(input.id);
    const gold = quick.get(input.id);
    let candidate: Observation | undefined;
    let steady = gold !== undefined;
    for (const hashSeed of sides.seeds) {
      candidate = steady ? await ask('candidate', hashSeed, CANDIDATE_SECONDS) : undefined;
      const again = candidate && (await ask('gold', hashSeed, GOLD_SECONDS));
      steady = candidate?.outcome.kind === 'timeout' && isAnswer(again);
    }
    const base = steady ? await ask('base', firstSeed, CANDIDATE_SECONDS) : undefined;
    if (!gold || !candidate || !base) continue;
    const divergenceClass = classOfSilence(base, gold);
    return [
      {
        input,
        base,
        gold,
        candidate,
        differences: DIFFERENCES,
        class: divergenceClass,
        scope: scopeOf(sides.ground, { input, gold, class: divergenceClass }),
        grade: 'far-slower',
        signature: signatureOf(DIFFERENCES, gold, candidate),
      },
    ];
  }
  return [];
}

/** Whether a side gave an answer that can be compared. */
export const isAnswer = (observation: Observation | undefined): boolean =>
  observation !== undefined && evidenceGap(observation.outcome) === undefined;

/** The class of a candidate that gives no answer where gold does: base may give none either. */
export function classOfSilence(base: Observation, gold: Observation): DivergenceClass {
  if (!isAnswer(base)) return 'missing';
  const { kind } = compareObservations(base, gold);
  return kind === 'same' ? 'extra' : kind === 'different' ? 'different' : 'unclassified';
}
