import { GRADES, type DivergenceClass } from '../model/divergence.js';
import type { Rate } from '../model/rate.js';
import type { SubmissionFacts } from '../model/report.js';
import type { ResolvedRates, RunRates, SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord, UnverifiableReason, VerdictOutcome } from '../model/verdict.js';
import {
  evidenceWord,
  failsOwnTests,
  hasStrongEvidence,
  isJudged,
  STRONG_GRADES,
  strongestGrade,
} from './evidence.js';
import { expectedIncorrect } from './expected.js';
import { pointsBetween, rateOf as rate } from './rate.js';

/** A record with the id that it is counted by. */
interface Pair {
  readonly id: string;
  readonly record: PairRecord;
}

/** What one set of metrics is computed from: one submission, or all together. Ids are unique in it. */
interface Cohort {
  readonly model: string;
  readonly instances: readonly string[];
  readonly submitted: readonly string[];
  readonly pairs: readonly Pair[];
  readonly reported: readonly string[];
  readonly source: string;
}

/**
 * The corrected rates of every submission and of all together. `instances` are the ids of the run, with or
 * without a prediction.
 * @throws Error when a record belongs to no prediction, or two records to the same
 */
export function computeRates(
  records: readonly PairRecord[],
  submissions: readonly Pick<SubmissionFacts, 'model' | 'submitted' | 'reported'>[],
  instances: readonly string[],
): RunRates {
  const cohorts = submissions.map((submission) =>
    cohortOf(
      submission,
      records.filter(({ model }) => model === submission.model),
      instances,
    ),
  );
  const counted = cohorts.reduce((sum, { pairs }) => sum + pairs.length, 0);
  if (counted !== records.length)
    throw new Error(`${records.length - counted} records belong to no submission`);
  return {
    strongGrades: STRONG_GRADES,
    submissions: cohorts.map(metricsOf),
    overall: metricsOf(combined(cohorts)),
  };
}

function cohortOf(
  { model, submitted, reported }: Pick<SubmissionFacts, 'model' | 'submitted' | 'reported'>,
  records: readonly PairRecord[],
  instances: readonly string[],
): Cohort {
  const pairs = records.map((record) => ({ id: record.instanceId, record }));
  const measured = pairs.filter(({ record }) => record.plausible === true).map(({ id }) => id);
  return {
    model,
    instances,
    submitted,
    pairs,
    reported: reported ? reported.ids.filter((id) => instances.includes(id)) : measured,
    source: reported?.source ?? 'measured',
  };
}

function combined(cohorts: readonly Cohort[]): Cohort {
  const named = (select: (cohort: Cohort) => readonly string[]) =>
    cohorts.flatMap((cohort) => select(cohort).map((id) => `${cohort.model}/${id}`));
  return {
    model: 'all submissions',
    instances: named(({ instances }) => instances),
    submitted: named(({ submitted }) => submitted),
    pairs: cohorts.flatMap(({ model, pairs }) =>
      pairs.map(({ id, record }) => ({ id: `${model}/${id}`, record })),
    ),
    reported: named(({ reported }) => reported),
    source: [...new Set(cohorts.map(({ source }) => source))].join(', '),
  };
}

function metricsOf(cohort: Cohort): SubmissionMetrics {
  const { model, instances, submitted, pairs } = cohort;
  const idsWhere = (test: (record: PairRecord) => boolean) =>
    pairs
      .filter(({ record }) => test(record))
      .map(({ id }) => id)
      .sort();
  const outcomes = outcomesOf(idsWhere);
  const done = new Set(pairs.map(({ id }) => id));
  const pending = submitted.filter((id) => !done.has(id)).sort();
  checkSum(cohort, outcomes, pending);
  const judged = pairs.filter(({ record }) => record.plausible === true && isJudged(record));
  const divergent = outcomes.divergent.length;
  return {
    model,
    instances: instances.length,
    submitted: submitted.length,
    incomplete: instances.filter((id) => !submitted.includes(id)).sort(),
    outcomes,
    pending,
    unverifiable: grouped(idsWhere, reasonOf, (ids) => ids),
    resolved: resolvedRates(cohort, idsWhere),
    divergentPlausible: shareOf(judged, ({ verdict }) => verdict.outcome === 'divergent'),
    strongPlausible: shareOf(judged, hasStrongEvidence),
    weakOnly: shareOf(judged, (record) => evidenceWord(record) === 'weak only'),
    expectedIncorrect: expectedIncorrect(judged.map(({ record }) => record)),
    classes: grouped(idsWhere, classOf, (ids) => rate(ids, divergent)),
    grades: grouped(idsWhere, gradeOfDivergent, (ids) => rate(ids, divergent)),
    goldSuspect: idsWhere((record) => strongestGrade(record) === 'gold-suspect'),
    seconds: secondsOf(pairs.map(({ record }) => record)),
  };
}

type IdsWhere = (test: (record: PairRecord) => boolean) => string[];

const shareOf = (pairs: readonly Pair[], test: (record: PairRecord) => boolean): Rate =>
  rate(idsOf(pairs.filter(({ record }) => test(record))), pairs.length);

const idsOf = (pairs: readonly Pair[]): string[] => pairs.map(({ id }) => id).sort();

function outcomesOf(idsWhere: IdsWhere): Record<VerdictOutcome, string[]> {
  const of = (outcome: VerdictOutcome) => idsWhere(({ verdict }) => verdict.outcome === outcome);
  return {
    consistent: of('consistent'),
    divergent: of('divergent'),
    unverifiable: of('unverifiable'),
    'not-reached': of('not-reached'),
    'not-applied': of('not-applied'),
    empty: of('empty'),
    'invalid-row': of('invalid-row'),
    'infra-error': of('infra-error'),
  };
}

/** Throws unless every prediction is in exactly one count: the report would contradict itself. */
function checkSum(
  { model, submitted }: Cohort,
  outcomes: Record<VerdictOutcome, string[]>,
  pending: readonly string[],
): void {
  const counted = [...Object.values(outcomes).flat(), ...pending].sort();
  if (JSON.stringify(counted) !== JSON.stringify([...submitted].sort())) {
    throw new Error(
      `${model}: the verdicts are for ${counted.length} predictions, ${submitted.length} were submitted`,
    );
  }
}

function resolvedRates({ instances, pairs, reported, source }: Cohort, idsWhere: IdsWhere): ResolvedRates {
  const steps: ((record: PairRecord) => boolean)[] = [
    failsOwnTests,
    ({ developerFailures }) => developerFailures.length > 0,
    hasStrongEvidence,
    ({ verdict }) => verdict.outcome === 'divergent',
  ];
  let left = [...new Set(reported)].sort();
  const total = rate(left, instances.length);
  const [
    afterOwnTests = total,
    afterDeveloperTests = total,
    afterStrongEvidence = total,
    afterAnyDivergence = total,
  ] = steps.map((step) => {
    const gone = new Set(idsWhere(step));
    left = left.filter((id) => !gone.has(id));
    return rate(left, instances.length);
  });
  const judged = new Set(idsOf(pairs.filter(({ record }) => isJudged(record) || failsOwnTests(record))));
  const points = (rest: Rate) => pointsBetween(total, rest);
  return {
    source,
    reported: total,
    afterOwnTests,
    afterDeveloperTests,
    afterStrongEvidence,
    afterAnyDivergence,
    unjudged: total.ids.filter((id) => !judged.has(id)),
    inflation: { strong: points(afterStrongEvidence), any: points(afterAnyDivergence) },
  };
}

const reasonOf = ({ verdict }: PairRecord): UnverifiableReason | null =>
  verdict.outcome === 'unverifiable' ? verdict.reason : null;

/** The class of the first divergence that has the pair's strongest grade. */
function classOf(record: PairRecord): DivergenceClass | null {
  const { verdict, divergences } = record;
  if (verdict.outcome !== 'divergent') return null;
  const best = GRADES.find((grade) => divergences.some((divergence) => divergence.grade === grade));
  return divergences.find(({ grade }) => grade === best)?.class ?? null;
}

const gradeOfDivergent = (record: PairRecord) =>
  record.verdict.outcome === 'divergent' ? strongestGrade(record) : null;

/** Ids grouped by a key of their records, the most frequent key first; records whose key is null are in no group. */
function grouped<K extends string, V>(
  idsWhere: IdsWhere,
  key: (record: PairRecord) => K | null,
  value: (ids: string[]) => V,
): Partial<Record<K, V>> {
  const keys = new Set<K>();
  idsWhere((record) => {
    const own = key(record);
    if (own !== null) keys.add(own);
    return false;
  });
  const groups = [...keys].map((own) => ({ own, ids: idsWhere((record) => key(record) === own) }));
  groups.sort((a, b) => b.ids.length - a.ids.length || (a.own < b.own ? -1 : 1));
  return Object.fromEntries(groups.map(({ own, ids }) => [own, value(ids)])) as Partial<Record<K, V>>;
}

function secondsOf(records: readonly PairRecord[]): SubmissionMetrics['seconds'] {
  const totals = records
    .filter(({ reusedFrom, seconds }) => reusedFrom === null && seconds.total > 0)
    .map(({ seconds }) => seconds.total)
    .sort((a, b) => a - b);
  const middle = totals.slice(Math.floor((totals.length - 1) / 2), Math.floor(totals.length / 2) + 1);
  const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  return {
    pairs: totals.length,
    median: totals.length === 0 ? null : sum(middle) / middle.length,
    total: sum(totals),
  };
}
