import { createHash } from 'node:crypto';
import { rankDivergences } from '../../compare/rank.js';
import { renderTests } from '../../pytest/test-source.js';
import { GRADES, type Divergence, type Grade } from '../../model/divergence.js';
import type { Instance } from '../../model/instance.js';
import { confirmInputs, type Confirmation } from '../confirm/confirm.js';
import { isStrong } from '../../compare/grade.js';
import { slightCause } from './consequence.js';
import { isDeath } from '../confirm/deaths.js';
import { shrink } from './shrink.js';
import { byKind, type GradedDifference } from '../confirm/graded-difference.js';
import type { ThreeSides } from '../confirm/three-sides.js';
import type { TimeLimit } from '../../platform/budget.js';

const SECONDS_PER_TEST = 20;

/** Whose divergences are explained, for the words in the test files. */
export interface ExplainedPair {
  readonly instance: Instance;
  readonly model: string;
}

/** Further witnesses of a kind that are tried where no test could tell the sides apart by the first. */
const MOST_SPARES = 3;

/**
 * Turns what was confirmed into at most `limit` distinct divergences: the best witness of each kind, shrunk,
 * confirmed again, and written as a test that was seen to pass on gold and fail on the candidate. Strong evidence without
 * such a test is graded `not-told-apart`.
 */
export async function explain(
  { confirmed, spares }: Pick<Confirmation, 'confirmed' | 'spares'>,
  sides: ThreeSides,
  pair: ExplainedPair,
  limit: number,
  time: TimeLimit,
): Promise<Divergence[]> {
  const divergences = new Map<string, Divergence>();
  for (const [witness] of byKind(confirmed).slice(0, limit)) {
    if (!witness) continue;
    const first = await explainOne(witness, sides, pair, time);
    const found = [first];
    if (isStrong(witness.grade) && !isStrong(first.grade)) {
      for (const spare of alternatives(witness, spares)) {
        if (time.left <= 0) break;
        const [other] = (await confirmInputs([spare.input], sides, 1, time)).confirmed;
        const divergence = other && (await explainOne(other, sides, pair, time));
        if (divergence === undefined || !isStrong(divergence.grade)) continue;
        found.push(divergence);
        break;
      }
    }
    // Two witnesses may shrink to one program; the stronger came first.
    for (const divergence of found)
      if (!divergences.has(divergence.id)) divergences.set(divergence.id, divergence);
  }
  return rankDivergences([...divergences.values()]).slice(0, limit);
}

/** Others of a witness's kind, those first that differ in another way. */
function alternatives(witness: GradedDifference, spares: readonly GradedDifference[]): GradedDifference[] {
  const kindOf = ({ class: name, grade, gold, candidate }: GradedDifference) =>
    JSON.stringify([name, grade, [...gold.hits, ...candidate.hits].sort()]);
  const same = spares.filter((spare) => kindOf(spare) === kindOf(witness));
  const otherwise = same.filter(({ signature }) => signature !== witness.signature);
  return [...new Set([...otherwise, ...same])].slice(0, MOST_SPARES);
}

async function explainOne(
  witness: GradedDifference,
  sides: ThreeSides,
  pair: ExplainedPair,
  time: TimeLimit,
): Promise<Divergence> {
  const smallest = isOfOneProcess(witness) ? witness.input : await shrink(witness, sides, time);
  const again = smallest === witness.input ? undefined : await confirmInputs([smallest], sides, 1, time);
  const found = again?.confirmed.find(({ grade }) => !isWeaker(grade, witness.grade)) ?? witness;
  const cause = isStrong(found.grade) ? await slightCause(found.input, sides, time) : undefined;
  const slight = cause && (await confirmInputs([cause], sides, 1, time)).confirmed[0];
  const described = await describe(slight ?? found, sides, pair);
  if (described.test !== undefined || found === witness || slight !== undefined) return described;
  const unreduced = await describe(witness, sides, pair);
  return unreduced.test === undefined ? described : unreduced;
}

/**
 * Whether each step of shrinking would take a process: one that ends, that does not come to its end, or that is not
 * observed.
 */
const isOfOneProcess = ({ grade, candidate }: GradedDifference): boolean =>
  grade === 'far-slower' || grade === 'behaves-differently-when-observed' || isDeath(candidate);

/** What is left after shrinking may be better evidence: without set-up that used private names, say. */
const isWeaker = (grade: Grade, than: Grade): boolean => GRADES.indexOf(grade) > GRADES.indexOf(than);

async function describe(
  found: GradedDifference,
  sides: ThreeSides,
  { instance, model }: ExplainedPair,
): Promise<Divergence> {
  const { input, base, gold, candidate, differences } = found;
  const key = [instance.instanceId, model, input.id].join('\0');
  const divergence: Divergence = {
    id: createHash('sha256').update(key).digest('hex').slice(0, 10),
    input,
    aspect: differences[0]?.aspect ?? 'value',
    class: found.class,
    grade: found.grade,
    scope: found.scope,
    differences,
    observations: { base, gold, candidate },
    targets: [...new Set([...gold.hits, ...candidate.hits])].sort(),
    ...(found.plain && { plain: found.plain }),
    ...(found.arbitrary && { arbitrary: found.arbitrary }),
  };
  // A test is run by the probe, and passes there.
  if (found.plain) return divergence;
  const test = await verifiedTest(divergence, sides, { instance, model });
  if (test === undefined)
    return needsTest(found.grade) ? { ...divergence, grade: 'not-told-apart' } : divergence;
  const { status } = await sides.base.verify(test, SECONDS_PER_TEST, input.host);
  return { ...divergence, test: { source: test, verified: true, passesOnBase: status === 'passed' } };
}

/** Whether a grade is only given where a test was seen to tell the sides apart; a side that dies gives none. */
const needsTest = (grade: Grade): boolean => isStrong(grade) && grade !== 'dies-where-gold-answers';

/** The first rendering that passes on gold and fails on the candidate when really run. */
async function verifiedTest(
  divergence: Divergence,
  sides: ThreeSides,
  { instance, model }: ExplainedPair,
): Promise<string | undefined> {
  const comment = [
    `${instance.instanceId}: ${model} against the gold patch`,
    `class: ${divergence.class}, grade: ${divergence.grade}`,
    `replay: patchdiff replay report.json --divergence ${divergence.id}`,
  ];
  const material = {
    ...divergence,
    gold: divergence.observations.gold,
    candidate: divergence.observations.candidate,
    comment,
  };
  const { host } = divergence.input;
  for (const source of renderTests(material)) {
    const gold = await sides.gold.verify(source, SECONDS_PER_TEST, host);
    if (gold.status !== 'passed') continue;
    const candidate = await sides.candidate.verify(source, SECONDS_PER_TEST, host);
    const ends = candidate.status === 'crashed' && isDeath(divergence.observations.candidate);
    if (candidate.status === 'failed' || ends) return source;
  }
  return undefined;
}
