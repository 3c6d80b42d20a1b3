import { compareObservations, differMarkedly } from '../../compare/compare.js';
import { steadySides } from '../../compare/steady.js';
import type { Comparison } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import { HASH_SEEDS } from '../../model/options.js';
import { withReadings } from '../../observe/readings.js';
import { secondsFromNow, type TimeLimit } from '../../platform/budget.js';
import { gradeDifference, type GradedDifference } from './graded-difference.js';
import type { ThreeSides } from './three-sides.js';

/** What running alone on gold and candidate has of the time: the rest is for base and for repeating what was found. */
const SHARE_ALONE = 0.4;

/** Which inputs differ when they are run alone, and what else becomes of them. */
export async function runAlone(
  inputs: readonly Input[],
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<{ evidence: GradedDifference[]; counts: Record<'vanished' | 'unknown' | 'cut', number> }> {
  const own = secondsFromNow(limit.left * SHARE_ALONE);
  const [golds, candidates] = await bothAlone(inputs, sides, HASH_SEEDS[0], own);
  const answered = inputs.flatMap((input) => {
    const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
    if (!gold || !candidate) return [];
    return [{ input, gold, candidate, comparison: compareObservations(gold, candidate) }];
  });
  const alone = (side: 'gold' | 'candidate') => ({
    observe: (asked: readonly Input[]) => sides[side].observeAlone(asked, HASH_SEEDS[0], limit),
  });
  const both = { gold: alone('gold'), candidate: alone('candidate') };
  const compared = await withReadings(answered, both, limit, undefined);
  const differing = compared.flatMap(({ comparison, ...one }) =>
    comparison.kind === 'different' ? [{ ...one, differences: comparison.differences }] : [],
  );
  const bases = await sides.base.observeAlone(
    differing.map(({ input }) => input),
    HASH_SEEDS[0],
    secondsFromNow(limit.left / 2),
  );
  const evidence = differing.flatMap(({ input, gold, candidate, differences }) => {
    const base = bases.get(input.id);
    return base
      ? [gradeDifference({ input, base, gold, candidate, differences }, sides.targets, sides.ground)]
      : [];
  });
  const count = (kind: Comparison['kind']) =>
    compared.filter(({ comparison }) => comparison.kind === kind).length;
  const cut = inputs.length - answered.length + differing.length - evidence.length;
  return { evidence, counts: { vanished: count('same'), unknown: count('unknown'), cut } };
}

/**
 * Whether both sides answer under the other seeds, of hashes and of random numbers, as they did under the first; then the
 * evidence. Where a side does not, what it answers every time is compared, and the evidence is what differs in that. Sums
 * may be made in another order every time: where gold and candidate differ in more than last digits, these need not
 * repeat themselves.
 */
export async function repeat(
  one: GradedDifference,
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<GradedDifference | 'goldFlaky' | 'candidateFlaky' | 'cut'> {
  const { input, gold, candidate, differences } = one;
  const rounds = await Promise.all(
    HASH_SEEDS.slice(1).map((hashSeed) => bothAlone([input], sides, hashSeed, limit)),
  );
  const [golds, candidates] = [0, 1].map((side) => rounds.map((round) => round[side]?.get(input.id)));
  const isChange = differMarkedly({ kind: 'different', differences })
    ? differMarkedly
    : ({ kind }: Comparison) => kind === 'different';
  const changed = (before: Observation, answers: readonly (Observation | undefined)[] = []) =>
    answers.some((next) => next !== undefined && isChange(compareObservations(before, next)));
  const flaky = changed(gold, golds)
    ? 'goldFlaky'
    : changed(candidate, candidates)
      ? 'candidateFlaky'
      : undefined;
  const [again, others] = [golds, candidates].map((side) => side?.flatMap((answer) => answer ?? []));
  if ((again?.length ?? 0) + (others?.length ?? 0) < 2 * rounds.length) return flaky ?? 'cut';
  if (flaky === undefined) return one;
  return steadyPart(one, [gold, ...(again ?? [])], [candidate, ...(others ?? [])], sides) ?? flaky;
}

/** What differs every time although a side leaves something to chance; undefined where nothing marked does. */
function steadyPart(
  one: GradedDifference,
  golds: readonly Observation[],
  candidates: readonly Observation[],
  { targets }: ThreeSides,
): GradedDifference | undefined {
  const steady = steadySides(golds, candidates);
  const comparison = steady && compareObservations(steady.gold, steady.candidate);
  if (comparison?.kind !== 'different' || !differMarkedly(comparison)) return undefined;
  return gradeDifference({ ...one, ...steady, differences: comparison.differences }, targets);
}

const bothAlone = (
  inputs: readonly Input[],
  { gold, candidate }: ThreeSides,
  hashSeed: number,
  limit: TimeLimit,
) =>
  Promise.all([gold.observeAlone(inputs, hashSeed, limit), candidate.observeAlone(inputs, hashSeed, limit)]);
