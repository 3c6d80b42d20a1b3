import { comparePair } from '../../compare/pair.js';
import { compareObservations, differMarkedly } from '../../compare/compare.js';
import { steadySides } from '../../compare/steady.js';
import type { Aspect, Comparison } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
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
  const [golds, candidates] = await bothAlone(inputs, sides, sides.seeds[0], own);
  const answered = inputs.flatMap((input) => {
    const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
    if (!gold || !candidate) return [];
    return [{ input, gold, candidate, comparison: comparePair(gold, candidate) }];
  });
  const alone = (side: 'gold' | 'candidate') => ({
    observe: (asked: readonly Input[]) => sides[side].observeAlone(asked, sides.seeds[0], limit),
  });
  const both = { gold: alone('gold'), candidate: alone('candidate') };
  const compared = await withReadings(answered, both, limit, undefined);
  const differing = compared.flatMap(({ comparison, ...one }) =>
    comparison.kind === 'different' ? [{ ...one, differences: comparison.differences }] : [],
  );
  const bases = await sides.base.observeAlone(
    differing.map(({ input }) => input),
    sides.seeds[0],
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

/** Aspects in which an answer that changes each time still differs from gold's in the same way. */
const OF_KIND: ReadonlySet<Aspect | undefined> = new Set(['outcome', 'type', 'exception-type'] as const);

/**
 * Whether both sides answer under the other seeds, of hashes and of random numbers, as they did under the first; then the
 * evidence. Where a side does not, what it answers every time is compared, and the evidence is what differs in that. Sums
 * may be made in another order every time: where gold and candidate differ in more than last digits, these need not
 * repeat themselves. `arbitrary` evidence: the candidate gives another answer each time, and never one of gold's kind;
 * `changing`: of gold's kind.
 */
export async function repeat(
  found: GradedDifference,
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<GradedDifference | 'changing' | 'goldFlaky' | 'candidateFlaky' | 'cut'> {
  const { input, gold, candidate, differences } = found;
  const rounds = await Promise.all(
    sides.seeds.slice(1).map((seed) => bothAlone([input], sides, seed, limit)),
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
  if (flaky === undefined) return found;
  const steady = steadyPart(found, [gold, ...(again ?? [])], [candidate, ...(others ?? [])], sides);
  if (steady) return steady;
  const isApart = rounds.every((round) => areApart(round[0].get(input.id), round[1].get(input.id)));
  if (flaky === 'goldFlaky' || !isApart || !(await isArbitrary(found, sides, limit))) return flaky;
  return OF_KIND.has(differences[0]?.aspect) ? { ...found, arbitrary: true } : 'changing';
}

/** What differs every time although a side leaves something to chance; undefined where nothing marked does. */
function steadyPart(
  one: GradedDifference,
  golds: readonly Observation[],
  candidates: readonly Observation[],
  { targets, ground }: ThreeSides,
): GradedDifference | undefined {
  const steady = steadySides(golds, candidates);
  const comparison = steady && compareObservations(steady.gold, steady.candidate);
  if (comparison?.kind !== 'different' || !differMarkedly(comparison)) return undefined;
  return gradeDifference({ ...one, ...steady, differences: comparison.differences }, targets, ground);
}

/** How often what changes is asked again under the seed that it was seen under. */
const TIMES = 2;

/**
 * Whether a candidate whose answers change, and are never gold's, gives another one under the same seed, too: then neither the
 * order of hashes nor random numbers, on which an honest answer may rest, are the cause, and what it gives is arbitrary.
 */
async function isArbitrary(
  { input, gold, candidate }: GradedDifference,
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<boolean> {
  const seen = [candidate];
  for (let time = 0; time < TIMES; time++) {
    const [golds, candidates] = await bothAlone([input], sides, sides.seeds[0], limit);
    const again = { gold: golds.get(input.id), candidate: candidates.get(input.id) };
    if (!again.gold || !again.candidate || !areApart(again.gold, again.candidate)) return false;
    if (compareObservations(gold, again.gold).kind !== 'same') return false;
    if (seen.some((one) => again.candidate && !areApart(one, again.candidate))) return false;
    seen.push(again.candidate);
  }
  return true;
}

const areApart = (left: Observation | undefined, right: Observation | undefined): boolean =>
  left !== undefined && right !== undefined && differMarkedly(comparePair(left, right));

const bothAlone = (
  inputs: readonly Input[],
  { gold, candidate }: ThreeSides,
  seed: number,
  limit: TimeLimit,
) => Promise.all([gold.observeAlone(inputs, seed, limit), candidate.observeAlone(inputs, seed, limit)]);
