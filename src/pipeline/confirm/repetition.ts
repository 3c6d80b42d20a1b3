import { comparePair } from '../../compare/pair.js';
import { compareObservations, differMarkedly } from '../../compare/compare.js';
import type { Aspect, Comparison } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import type { TimeLimit } from '../../platform/budget.js';
import { gradeDifference, type GradedDifference } from './graded-difference.js';
import type { ThreeSides } from './three-sides.js';

/** Which inputs differ when they are run alone, and what else becomes of them. */
export async function runAlone(
  inputs: readonly Input[],
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<{ evidence: GradedDifference[]; counts: Record<'vanished' | 'unknown' | 'cut', number> }> {
  const [golds, candidates] = await bothAlone(inputs, sides, sides.seeds[0], limit);
  const compared = inputs.map((input) => {
    const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
    if (!gold || !candidate) return { input, kind: 'cut' } as const;
    return { input, gold, candidate, ...comparePair(gold, candidate) };
  });
  const differing = compared.flatMap((one) => (one.kind === 'different' ? [one] : []));
  const bases = await sides.base.observeAlone(
    differing.map(({ input }) => input),
    sides.seeds[0],
    limit,
  );
  const evidence = differing.flatMap(({ input, gold, candidate, differences }) => {
    const base = bases.get(input.id);
    return base ? [gradeDifference({ input, base, gold, candidate, differences }, sides.targets)] : [];
  });
  const count = (kind: (typeof compared)[number]['kind']) =>
    compared.filter((one) => one.kind === kind).length;
  const cut = count('cut') + differing.length - evidence.length;
  return { evidence, counts: { vanished: count('same'), unknown: count('unknown'), cut } };
}

/** `arbitrary`: the candidate gives another answer each time, and never one of gold's kind; `changing`: of gold's kind. */
type Repetition = 'steady' | 'arbitrary' | 'changing' | 'goldFlaky' | 'candidateFlaky' | 'cut';

/** Aspects in which an answer that changes each time still differs from gold's in the same way. */
const OF_KIND: ReadonlySet<Aspect | undefined> = new Set(['outcome', 'type', 'exception-type'] as const);

/**
 * Whether both sides answer under the other seeds as they did under the first. Sums may be made in another order every time:
 * where gold and candidate differ in more than last digits, these need not repeat themselves.
 */
export async function repeat(
  found: GradedDifference,
  sides: ThreeSides,
  limit: TimeLimit,
): Promise<Repetition> {
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
  if (changed(gold, golds)) return 'goldFlaky';
  const isCut = [golds, candidates].flat().includes(undefined);
  if (!changed(candidate, candidates)) return isCut ? 'cut' : 'steady';
  if (isCut || !rounds.every((round) => areApart(round[0].get(input.id), round[1].get(input.id))))
    return 'candidateFlaky';
  if (!(await isArbitrary(found, sides, limit))) return 'candidateFlaky';
  return OF_KIND.has(differences[0]?.aspect) ? 'arbitrary' : 'changing';
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
