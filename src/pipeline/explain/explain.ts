import { createHash } from 'node:crypto';
import { rankDivergences } from '../../compare/rank.js';
import { renderTests } from '../../pytest/test-source.js';
import { GRADES, type Divergence, type Grade } from '../../model/divergence.js';
import type { Instance } from '../../model/instance.js';
import { confirmInputs } from '../confirm/confirm.js';
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

/**
 * Turns what was confirmed into at most `limit` distinct divergences: the best witness of each kind, shrunk,
 * confirmed again, and written as a test that was seen to pass on gold and fail on the candidate.
 */
export async function explain(
  confirmed: readonly GradedDifference[],
  sides: ThreeSides,
  pair: ExplainedPair,
  limit: number,
  time: TimeLimit,
): Promise<Divergence[]> {
  const divergences = new Map<string, Divergence>();
  for (const [witness] of byKind(confirmed).slice(0, limit)) {
    if (!witness) continue;
    const smallest = isOfOneProcess(witness) ? witness.input : await shrink(witness, sides, time);
    const again = smallest === witness.input ? undefined : await confirmInputs([smallest], sides, 1, time);
    const found = again?.confirmed.find(({ grade }) => !isWeaker(grade, witness.grade)) ?? witness;
    const divergence = await describe(found, sides, pair);
    // Two witnesses may shrink to one program; the stronger came first.
    if (!divergences.has(divergence.id)) divergences.set(divergence.id, divergence);
  }
  return rankDivergences([...divergences.values()]);
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
    differences,
    observations: { base, gold, candidate },
    targets: [...new Set([...gold.hits, ...candidate.hits])].sort(),
    ...(found.plain && { plain: found.plain }),
    ...(found.arbitrary && { arbitrary: found.arbitrary }),
  };
  // A test is run by the probe, and passes there.
  if (found.plain) return divergence;
  const test = await verifiedTest(divergence, sides, { instance, model });
  if (test === undefined) return divergence;
  const { status } = await sides.base.verify(test, SECONDS_PER_TEST, input.host);
  return { ...divergence, test: { source: test, verified: true, passesOnBase: status === 'passed' } };
}

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
