import { sortByKeys } from '../../compare/sort-by-keys.js';
import type { Difference } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Canonical, Observation } from '../../model/observation.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { PlainAnswer } from '../../observe/probe/plain.js';
import type { TimeLimit } from '../../platform/budget.js';
import { classify } from '../../compare/classify.js';
import { compareObservations } from '../../compare/compare.js';
import { comparePair } from '../../compare/pair.js';
import { scopeOf, type IssueGround } from '../../compare/scope.js';
import { signatureOf } from '../../compare/signature.js';
import { programLengths, type GradedDifference } from './graded-difference.js';
import type { ThreeSides } from './three-sides.js';

/** Inputs that are run plainly: of those that both sides answered alike, and of those that differ. */
const MOST_ALIKE = 40;
const MOST_UNMUTATED = 28;
const MOST_DIFFERENT = 4;
/** Seconds for all of them, and for one that is run alone. */
const SECONDS = 10;
const SECONDS_ALONE = 15;
/** Inputs that are run alone again, and how often. */
const MOST_SUSPECTS = 3;
const TIMES = 3;

/** A difference that shows where the input is run plainly, with what the two printed. */
export interface PlainDifference extends GradedDifference {
  readonly plain: { readonly gold: string; readonly candidate: string };
}

type Sides = Pick<ThreeSides, 'ground' | 'base' | 'gold' | 'candidate' | 'seeds'>;

/**
 * Runs some inputs plainly on gold and candidate, as a user's script would, and looks for one on which the candidate is
 * observed to do another thing than it does there, every time, while gold does the same: code that tells the observer from a
 * user. `different` are findings, of which only those whose observed answers a print can be compared with are run.
 */
export async function counterCheck(
  observed: readonly Observed[],
  different: readonly GradedDifference[],
  sides: Sides,
  limit: TimeLimit,
): Promise<PlainDifference[]> {
  const asked = [
    ...different.filter((one) => !one.arbitrary && isPrintable(one)).slice(0, MOST_DIFFERENT),
    ...sampleOf(observed),
  ];
  if (asked.length === 0) return [];
  const [golds, candidates] = await plainly(
    asked.map(({ input }) => input),
    sides,
    Math.min(SECONDS, Math.max(1, limit.left)),
  );
  const suspects = asked.filter((one) =>
    isOtherwise(one, golds.get(one.input.id), candidates.get(one.input.id)),
  );
  for (const suspect of suspects.slice(0, MOST_SUSPECTS)) {
    const found = await repeatedPlainly(suspect, sides, limit);
    if (found) return [found];
  }
  return [];
}

type Answers = Pick<Observed, 'input' | 'gold' | 'candidate'>;

const plainly = (inputs: readonly Input[], { gold, candidate }: Sides, seconds: number) =>
  Promise.all([gold.plainly(inputs, seconds), candidate.plainly(inputs, seconds)]);

/** Of what both sides answered alike: what people wrote first, then the shortest mutants. */
function sampleOf(observed: readonly Observed[]): Answers[] {
  const lengthOf = programLengths();
  const alike = observed.filter(
    ({ comparison, input, candidate }) =>
      comparison.kind === 'same' && input.host === undefined && candidate.hits.length > 0,
  );
  const sorted = sortByKeys(alike, ({ input }) => [lengthOf(input)]);
  const written = sorted.filter(({ input }) => input.mutations.length === 0).slice(0, MOST_UNMUTATED);
  const mutants = sorted.filter(({ input }) => input.mutations.length > 0 && input.domain !== 'contrived');
  return [...written, ...mutants.slice(0, MOST_ALIKE - written.length)];
}

/** Runs a suspect alone, as often as its seeds, plainly and observed. */
async function repeatedPlainly(
  { input }: Answers,
  sides: Sides,
  limit: TimeLimit,
): Promise<PlainDifference | undefined> {
  let first: (Answers & { readonly plain: readonly [PlainAnswer, PlainAnswer] }) | undefined;
  for (let time = 0; time < TIMES; time++) {
    const seed = sides.seeds[time % sides.seeds.length] ?? sides.seeds[0];
    const [golds, candidates] = await plainly(
      [input],
      sides,
      Math.min(SECONDS_ALONE, Math.max(1, limit.left)),
    );
    const [gold, candidate] = await Promise.all(
      [sides.gold, sides.candidate].map(async (side) =>
        (await side.observeAlone([input], seed, limit)).get(input.id),
      ),
    );
    const plain = [golds.get(input.id), candidates.get(input.id)] as const;
    if (!gold || !candidate || !plain[0] || !plain[1]) return undefined;
    const one: Answers = { input, gold, candidate };
    if (!isOtherwise(one, ...plain)) return undefined;
    if (first && !isSame(first.plain[0], plain[0])) return undefined;
    if (first && !isSteady(first, one, [first.plain[1], plain[1]])) return undefined;
    first ??= { ...one, plain: [plain[0], plain[1]] };
  }
  const base = (await sides.base.observeAlone([input], sides.seeds[0], limit)).get(input.id);
  return first && base ? toldApart(first, base, sides.ground) : undefined;
}

function toldApart(
  { input, gold, candidate, plain }: Answers & { readonly plain: readonly [PlainAnswer, PlainAnswer] },
  base: Observation,
  ground: IssueGround,
): PlainDifference {
  const [left, right] = [wordsOf(plain[0]), wordsOf(plain[1])];
  const differences: Difference[] = [{ aspect: 'outcome', path: 'run plainly', left, right }];
  const divergenceClass = classify(base, gold, candidate);
  return {
    ...{ input, base, gold, candidate, differences },
    class: divergenceClass,
    scope: scopeOf(ground, { input, gold, class: divergenceClass }),
    grade: 'behaves-differently-when-observed',
    signature: signatureOf(differences, gold, candidate),
    plain: { gold: left, candidate: right },
  };
}

/** Whether the candidate does otherwise plainly than it is observed to, and gold does not. */
export function isOtherwise(
  { gold, candidate }: Pick<Answers, 'gold' | 'candidate'>,
  plainGold: PlainAnswer | undefined,
  plainCandidate: PlainAnswer | undefined,
): boolean {
  if (!plainGold || !plainCandidate || plainGold.kind === 'ended') return false;
  // The probe goes on after a statement that raises, and a script does not.
  if (plainGold.kind === 'set-up' || plainCandidate.kind === 'set-up') return false;
  const asObserved = agrees(gold, plainGold);
  if (asObserved === false) return false;
  const { kind } = comparePair(gold, candidate);
  if (kind === 'same') return !isSame(plainGold, plainCandidate);
  return kind === 'different' && asObserved === true && agrees(candidate, plainCandidate) === false;
}

/** Whether a candidate that is observed to differ from gold did the same again: what changes does not tell who watches. */
function isSteady(
  first: Answers,
  again: Answers,
  [before, after]: readonly [PlainAnswer, PlainAnswer],
): boolean {
  if (comparePair(again.gold, again.candidate).kind === 'same') return true;
  return isSame(before, after) && compareObservations(first.candidate, again.candidate).kind === 'same';
}

/** Where an endless recursion reaches the limit varies, and with it the message. */
const isSame = (a: PlainAnswer, b: PlainAnswer): boolean =>
  a.kind === b.kind && a.type === b.type && (a.type === 'builtins.RecursionError' || a.text === b.text);

/** Whether a print shows what was observed; undefined where that cannot be told from it. */
function agrees({ outcome }: Observation, plain: PlainAnswer): boolean | undefined {
  if (outcome.kind === 'raised') return plain.kind === 'raised' && plain.type === outcome.exception.type;
  if (outcome.kind !== 'value') return undefined;
  const text = printed(outcome.value);
  if (text === undefined) return undefined;
  return plain.kind === 'value' && plain.type.startsWith('builtins.') && plain.text === text;
}

const isPrintable = ({ gold, candidate, input }: GradedDifference): boolean =>
  input.host === undefined &&
  [gold, candidate].every(
    ({ outcome }) =>
      outcome.kind === 'raised' || (outcome.kind === 'value' && printed(outcome.value) !== undefined),
  );

/** What a script prints of a value; undefined where another process may print it otherwise. */
function printed(value: Canonical): string | undefined {
  switch (value.t) {
    case 'none':
      return 'None';
    case 'bool':
      return value.v ? 'True' : 'False';
    case 'int':
    case 'str':
      return /[<\\/]|0x|\bline \d|__/.test(value.v) || value.v.length > 1000 ? undefined : value.v;
    default:
      return undefined;
  }
}

/** A plain answer in words. */
export const wordsOf = ({ kind, type, text }: PlainAnswer): string =>
  kind === 'value'
    ? text
    : kind === 'raised'
      ? `raises ${type.replace(/^builtins\./, '')}: ${text}`
      : 'ends the process';
