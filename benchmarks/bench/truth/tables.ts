import type { Interval } from '../../../src/metrics/interval.js';
import { wilsonInterval } from '../../../src/metrics/wilson.js';
import type { ScoreQuality } from './quality.js';
import { table } from '../table.js';
import { crossTable, FIGURE_NAMES, partsOf, type Figure } from './figures.js';
import { clusterInterval, shareOf } from './intervals.js';
import { repositoryOf, type Joined } from './join.js';

/** A share with its intervals: Wilson's, and the one that takes the patches of an instance together. */
export interface MeasuredFigure {
  readonly figure: Figure;
  readonly hits: number;
  readonly whole: number;
  readonly share: number | null;
  readonly wilson: Interval | null;
  readonly clustered: Interval | null;
}

/** Every figure of some patches. */
export function measureFigures(joined: readonly Joined[]): MeasuredFigure[] {
  return FIGURE_NAMES.map((figure) => {
    const parts = partsOf(joined, figure);
    const hits = parts.reduce((sum, part) => sum + part.hits, 0);
    const whole = parts.reduce((sum, part) => sum + part.whole, 0);
    return {
      figure,
      hits,
      whole,
      share: shareOf(parts),
      wilson: wilsonInterval(hits, whole),
      clustered: clusterInterval(parts, shareOf),
    };
  });
}

/** What the run said of the patches of each label. */
export function saidTable(joined: readonly Joined[]): string {
  return table(
    ['label', 'patches', 'strong', 'weak only', 'no difference', 'not judged'],
    Object.entries(crossTable(joined)).map(([label, said]) => [
      label,
      said.strong + said.weak + said.none + said['not judged'],
      said.strong,
      said.weak,
      said.none,
      said['not judged'],
    ]),
  );
}

/** The figures of all patches, with both intervals. */
export function totalTable(figures: readonly MeasuredFigure[]): string {
  return table(
    ['figure', 'count', 'share', '95% (Wilson)', '95% (by instance)'],
    figures.map(({ figure, hits, whole, share, wilson, clustered }) => [
      figure,
      `${hits} of ${whole}`,
      percent(share),
      range(wilson),
      range(clustered),
    ]),
  );
}

/** The figures by repository, with Wilson intervals. */
export function repositoryTable(joined: readonly Joined[]): string {
  const repositories = [...new Set(joined.map(({ label }) => repositoryOf(label.instanceId)))].sort();
  return table(
    ['repository', 'patches', ...FIGURE_NAMES],
    repositories.map((repository) => {
      const own = joined.filter(({ label }) => repositoryOf(label.instanceId) === repository);
      const cells = measureFigures(own).map(({ hits, whole, wilson }) =>
        whole === 0 ? '-' : `${hits} of ${whole} (${range(wilson)})`,
      );
      return [repository, own.length, ...cells];
    }),
  );
}

/** How good a score is: figures, then the reliability by ranges of it. */
export function scoreTables(quality: ScoreQuality): string[] {
  const { auc, aucInterval, brier, brierOfBaseRate, expected, actual, patches, reliability } = quality;
  return [
    table(
      ['score', 'value'],
      [
        ['patches', patches],
        ['area under the ROC curve, incorrect against fine', number(auc)],
        [
          '95% of it (by instance)',
          aucInterval ? `${number(aucInterval.low)} to ${number(aucInterval.high)}` : '-',
        ],
        ['Brier score', number(brier)],
        ['Brier score of the base rate', number(brierOfBaseRate)],
        ['incorrect patches expected', expected.toFixed(1)],
        ['incorrect patches (debatable as half)', actual.toFixed(1)],
      ],
    ),
    table(
      [
        'score from',
        'to',
        'patches',
        'mean score',
        'incorrect',
        'debatable',
        'share incorrect',
        '95% (Wilson)',
      ],
      reliability.map((bin) => [
        bin.from.toFixed(1),
        bin.to.toFixed(1),
        bin.patches,
        number(bin.meanScore),
        bin.incorrect,
        bin.debatable,
        percent(bin.incorrect / bin.patches),
        range(bin.interval),
      ]),
    ),
  ];
}

const percent = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(1)}%`);
const number = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
const range = (interval: Interval | null): string =>
  interval === null ? '-' : `${percent(interval.low)} to ${percent(interval.high)}`;
