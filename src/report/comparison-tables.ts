import type { Measure, SubmissionComparison } from '../model/submission-comparison.js';
import { figureCell, plainCell, signedPoints, type FigureTable } from './figure-table.js';
import { percent } from './numbers.js';

/** The measures that submissions are compared by. */
const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  reported: 'reported',
  afterStrongEvidence: 'without strong evidence',
  afterAnyDivergence: 'without weak only, too',
  withLabels: 'with review labels',
};

/** The ranks of submissions before and after, and how far they are apart. */
export function comparisonTables(comparison: SubmissionComparison): FigureTable[] {
  return [rankTable(comparison), differenceTable(comparison)];
}

function rankTable({ ranks, resamples }: SubmissionComparison): FigureTable {
  const measures = ranks[0]?.by.map(({ measure }) => measure) ?? [];
  return {
    id: 'ranks',
    title: 'Ranks',
    head: ['submission', ...measures.map((measure) => MEASURE_WORDS[measure])],
    rows: ranks.map(({ model, by }) => [
      plainCell(model),
      ...by.map(({ measure, rank, moved }) =>
        figureCell(
          `rank/${model}/${measure}`,
          moved === null ? String(rank) : `${rank} (moves in ${percent(moved)})`,
        ),
      ),
    ]),
    notes: [
      `Equal counts share the better rank. Beside a rank that is not the reported one: in how many of ${resamples} resamples of the instances it moves in this direction, which is how probable it is that the change is real and not one of these very instances.`,
    ],
  };
}

function differenceTable({ pairs, resamples, seed, instances }: SubmissionComparison): FigureTable {
  const reordered = (pair: (typeof pairs)[number], measure: Measure) =>
    pair.orderChanges.find((change) => change.measure === measure);
  return {
    id: 'differences',
    title: 'Differences between submissions',
    head: [
      'first less second',
      'measure',
      'points',
      '95% interval',
      'ahead in',
      'behind in',
      'order changes in',
    ],
    rows: pairs.flatMap((pair) =>
      pair.differences.map(({ measure, points, interval, ahead, behind }) => {
        const key = `${pair.first}/${pair.second}/${measure}`;
        const change = reordered(pair, measure);
        return [
          plainCell(`${pair.first} less ${pair.second}`),
          plainCell(MEASURE_WORDS[measure]),
          figureCell(`difference/${key}`, signedPoints(points)),
          figureCell(
            `difference-interval/${key}`,
            `${signedPoints(interval.low)} to ${signedPoints(interval.high)}`,
          ),
          figureCell(`ahead/${key}`, percent(ahead)),
          figureCell(`behind/${key}`, percent(behind)),
          change ? figureCell(`order/${key}`, percent(change.probability)) : plainCell('-'),
        ];
      }),
    ),
    notes: [
      `Percentage points of ${instances} instances. Intervals are percentiles of a bootstrap over instances (Efron and Tibshirani 1993), paired: both submissions are counted on the same resampled instances (Koehn 2004). ${resamples} resamples, seed ${seed}. The last column is the share of resamples in which the reported order and the order by this measure differ as they do here.`,
    ],
  };
}
