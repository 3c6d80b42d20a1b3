import { compareObservations, differMarkedly } from '../../compare/compare.js';
import type { Comparison } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import { HASH_SEEDS } from '../../model/options.js';
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
  const compared = inputs.map((input) => {
    const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
    if (!gold || !candidate) return { input, kind: 'cut' } as const;
    return { input, gold, candidate, ...compareObservations(gold, candidate) };
  });
  const differing = compared.flatMap((one) => (one.kind === 'different' ? [one] : []));
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
  const count = (kind: (typeof compared)[number]['kind']) =>
    compared.filter((one) => one.kind === kind).length;
  const cut = count('cut') + differing.length - evidence.length;
  return { evidence, counts: { vanished: count('same'), unknown: count('unknown'), cut } };
}

/**
 * Whether both sides answer under the other hash seeds as they did under the first. Sums may be made in another order
 * every time: where gold and candidate differ in more than last digits, these need not repeat themselves.
 */
export async function repeat(
  { input, gold, candidate, differences }: GradedDifference,
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<'steady' | 'goldFlaky' | 'candidateFlaky' | 'cut'> {
  const rounds = await Promise.all(
    HASH_SEEDS.slice(1).map((hashSeed) => bothAlone([input], sides, hashSeed, limit)),
  );
  const [golds, candidates] = [0, 1].map((side) => rounds.map((round) => round[side]?.get(input.id)));
  const isChange = differMarkedly({ kind: 'different', differences })
    ? differMarkedly
    : ({ kind }: Comparison) => kind === 'different';
  const changed = (before: Observation, answers: readonly (Observation | undefined)[] = []) =>
    answers.some((next) => next !== undefined && isChange(compareObservations(before, next)));
  if (changed(gold, golds)) return 'goldFlaky';
  if (changed(candidate, candidates)) return 'candidateFlaky';
  return [golds, candidates].flat().includes(undefined) ? 'cut' : 'steady';
}

const bothAlone = (
  inputs: readonly Input[],
  { gold, candidate }: ThreeSides,
  hashSeed: number,
  limit: TimeLimit,
) =>
  Promise.all([gold.observeAlone(inputs, hashSeed, limit), candidate.observeAlone(inputs, hashSeed, limit)]);
