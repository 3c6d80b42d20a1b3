import {
  MEASURES,
  type Measure,
  type PairedComparison,
  type Rank,
  type SubmissionComparison,
} from '../model/submission-comparison.js';
import type { SubmissionReview } from '../model/review-metrics.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import { BOOTSTRAP_SEED, percentileInterval, RESAMPLES, resampledSums } from './bootstrap.js';

/**
 * With up to so many submissions, all pairs of them are compared. With more, only those that are neighbours in the
 * reported order, or that some measure puts in another order.
 */
const ALL_PAIRS_LIMIT = 10;

/** One submission: its count by each measure, on the instances of the run and on those of every resample. */
interface Entry {
  readonly model: string;
  readonly counts: ReadonlyMap<Measure, number>;
  readonly resampled: ReadonlyMap<Measure, Int32Array>;
}

/**
 * Differences between submissions and changes of their order, by a paired bootstrap over instances: every
 * submission is counted on the same resampled instances. Null for fewer than two submissions or no instances.
 */
export function compareSubmissions(
  submissions: readonly SubmissionMetrics[],
  reviews: readonly SubmissionReview[] | null,
  instances: readonly string[],
): SubmissionComparison | null {
  if (submissions.length < 2 || instances.length === 0) return null;
  const measures = MEASURES.filter((measure) => measure !== 'withLabels' || reviews !== null);
  const entries = entriesOf(submissions, reviews, measures, [...instances].sort());
  const by = rankEntries(entries, measures);
  const order = entries
    .map((entry, index) => ({ entry, by: by[index] ?? [] }))
    .sort(
      (a, b) =>
        countOf(b.entry, 'reported') - countOf(a.entry, 'reported') ||
        (a.entry.model < b.entry.model ? -1 : 1),
    );
  const pairs = order.flatMap(({ entry: first }, index) =>
    order.slice(index + 1).flatMap(({ entry: second }, distance) => {
      const isShown =
        order.length <= ALL_PAIRS_LIMIT ||
        distance === 0 ||
        measures.some((measure) => isReordered(first, second, measure));
      return isShown ? [comparePair(first, second, measures, instances.length)] : [];
    }),
  );
  return {
    resamples: RESAMPLES,
    seed: BOOTSTRAP_SEED,
    instances: instances.length,
    ranks: order.map(({ entry, by: own }) => ({ model: entry.model, by: own })),
    pairs,
  };
}

function entriesOf(
  submissions: readonly SubmissionMetrics[],
  reviews: readonly SubmissionReview[] | null,
  measures: readonly Measure[],
  rows: readonly string[],
): Entry[] {
  const idsOf = ({ model, resolved }: SubmissionMetrics, measure: Measure): readonly string[] =>
    measure === 'withLabels'
      ? (reviews?.find((review) => review.model === model)?.withLabels.ids ?? [])
      : resolved[measure].ids;
  const columns = submissions.flatMap((submission) =>
    measures.map((measure) => {
      const ids = new Set(idsOf(submission, measure));
      return Uint8Array.from(rows, (row) => (ids.has(row) ? 1 : 0));
    }),
  );
  const sums = resampledSums(columns, rows.length);
  return submissions.map((submission, at) => ({
    model: submission.model,
    counts: new Map(measures.map((measure) => [measure, idsOf(submission, measure).length])),
    resampled: new Map(
      measures.map((measure, index) => [measure, sums[at * measures.length + index] ?? new Int32Array()]),
    ),
  }));
}

/** The rank of each count: one more than the number of larger ones, so equal counts share the better rank. */
const ranks = (counts: readonly number[]): number[] =>
  counts.map((own) => 1 + counts.filter((other) => other > own).length);

/** The rank of every submission by every measure, in the order of `entries`. */
function rankEntries(entries: readonly Entry[], measures: readonly Measure[]): Rank[][] {
  const observed = new Map(
    measures.map((measure) => [measure, ranks(entries.map((one) => countOf(one, measure)))]),
  );
  const resampledRanks = new Map(
    measures.map((measure) => {
      const sums = entries.map((one) => resampledOf(one, measure));
      return [measure, everyResample((at) => ranks(sums.map((own) => own[at] ?? 0)))];
    }),
  );
  return entries.map((entry, index) =>
    measures.map((measure) => {
      const rank = observed.get(measure)?.[index] ?? 0;
      const step = Math.sign(rank - (observed.get('reported')?.[index] ?? 0));
      const moves = (at: number) =>
        (resampledRanks.get(measure)?.[at]?.[index] ?? 0) -
        (resampledRanks.get('reported')?.[at]?.[index] ?? 0);
      const moved = step === 0 ? null : share((at) => Math.sign(moves(at)) === step);
      return { measure, count: countOf(entry, measure), rank, moved };
    }),
  );
}

const gapOf = (first: Entry, second: Entry, measure: Measure): number =>
  countOf(first, measure) - countOf(second, measure);

/** Whether two submissions stand in another order by a measure than as reported. */
const isReordered = (first: Entry, second: Entry, measure: Measure): boolean =>
  Math.sign(gapOf(first, second, measure)) !== Math.sign(gapOf(first, second, 'reported'));

function comparePair(
  first: Entry,
  second: Entry,
  measures: readonly Measure[],
  rows: number,
): PairedComparison {
  const points = (count: number) => (count / rows) * 100;
  const gaps = new Map(
    measures.map((measure) => {
      const [own, other] = [resampledOf(first, measure), resampledOf(second, measure)];
      return [measure, own.map((sum, at) => sum - (other[at] ?? 0))];
    }),
  );
  const gapAt = (measure: Measure, at: number) => gaps.get(measure)?.[at] ?? 0;
  const differences = measures.map((measure) => {
    const { low, high } = percentileInterval(gaps.get(measure) ?? new Int32Array());
    return {
      measure,
      points: points(gapOf(first, second, measure)),
      interval: { low: points(low), high: points(high) },
      ahead: share((at) => gapAt(measure, at) > 0),
      behind: share((at) => gapAt(measure, at) < 0),
    };
  });
  const before = Math.sign(gapOf(first, second, 'reported'));
  const orderChanges = measures
    .filter((measure) => isReordered(first, second, measure))
    .map((measure) => {
      const after = Math.sign(gapOf(first, second, measure));
      const probability = share((at) => {
        const [own, other] = [Math.sign(gapAt('reported', at)), Math.sign(gapAt(measure, at))];
        return own !== other && (before === 0 || own === before) && (after === 0 || other === after);
      });
      return { measure, probability };
    });
  return { first: first.model, second: second.model, differences, orderChanges };
}

const countOf = ({ counts }: Entry, measure: Measure): number => counts.get(measure) ?? 0;
const resampledOf = ({ resampled }: Entry, measure: Measure): Int32Array =>
  resampled.get(measure) ?? new Int32Array(RESAMPLES);

const everyResample = <T>(value: (at: number) => T): T[] =>
  Array.from({ length: RESAMPLES }, (_, at) => value(at));

/** Share of the resamples for which something holds. */
function share(holds: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < RESAMPLES; at++) if (holds(at)) count++;
  return count / RESAMPLES;
}
