import type { SubmissionReview } from '../model/review-metrics.js';
import type { RunMetrics, SubmissionMetrics } from '../model/run-metrics.js';
import type { StudyRow } from '../model/study.js';
import { comparisonTables } from './comparison-tables.js';
import { figureCell, plainCell, rateWords, type Cell, type FigureTable } from './figure-table.js';
import { expectedNumber, percent, pointsText, resolvedSteps, WEAK_STEP } from './numbers.js';
import { reviewTables } from './review-tables.js';
import { STUDY_SOURCE, STUDY_WORDS } from './study-words.js';

/** The column of the study's table that is text, not a figure. */
export const STUDY_DIFFERENCE = 'what differs in method';

/** Every table of figures of a run, in the order of reading. */
export function figureTables(metrics: RunMetrics): FigureTable[] {
  return [ratesTable(metrics), ...furtherTables(metrics)];
}

/** The tables beyond the rates of each submission. */
export function furtherTables({ comparison, review, study }: RunMetrics): FigureTable[] {
  return [
    ...(comparison ? comparisonTables(comparison) : []),
    ...(review ? reviewTables(review) : []),
    studyTable(study),
  ];
}

/** The resolved rates of each submission and of all together. */
function ratesTable({ submissions, overall, review }: RunMetrics): FigureTable {
  const shown = submissions.length > 1 ? [...submissions, overall] : submissions;
  const labelled = review && review.reviewers.length > 0 ? [...review.submissions, review.overall] : [];
  const reviewOf = ({ model }: SubmissionMetrics): SubmissionReview | undefined =>
    labelled.find((one) => one.model === model);
  const row = (one: SubmissionMetrics): Cell[] => {
    const key = (name: string) => `rates/${one.model}/${name}`;
    const { reported, afterOwnTests, afterDeveloperTests, afterStrongEvidence, afterAnyDivergence } =
      one.resolved;
    const steps = { reported, afterOwnTests, afterDeveloperTests, afterStrongEvidence };
    const { expected, of, interval } = one.expectedIncorrect;
    const own = reviewOf(one);
    return [
      plainCell(one.model),
      ...Object.entries(steps).map(([name, rate]) => figureCell(key(name), rateWords(rate))),
      ...(own ? [figureCell(key('withLabels'), rateWords(own.withLabels))] : []),
      figureCell(key('inflation.strong'), pointsText(one.resolved.inflation.strong)),
      figureCell(key('strongPlausible'), rateWords(one.strongPlausible)),
      figureCell(key('expectedIncorrect'), `${expectedNumber(expected)} of ${of}`),
      plainCell(interval ? `${interval.low} to ${interval.high}` : '-'),
      figureCell(key('weakOnly'), rateWords(one.weakOnly)),
      figureCell(key('afterAnyDivergence'), rateWords(afterAnyDivergence)),
    ];
  };
  return {
    id: 'submissions',
    title: 'Submissions',
    head: [
      'submission',
      ...resolvedSteps({ ...overall.resolved, source: '' }).map(([label]) => label),
      ...(labelled.length > 0 ? ['with review labels'] : []),
      'inflation',
      'strong evidence, of plausible and judged',
      'expected incorrect of these',
      'its 95% interval',
      'weak only of these',
      WEAK_STEP,
    ],
    rows: shown.map(row),
    notes: [
      'Shares with their 95% interval (Wilson 1927). Inflation: the reported rate less what strong evidence leaves, in percentage points. Expected incorrect: the sum of the scores; its interval takes in that scores are likelihoods and that their weights are estimates. Weak only: differs in ways that may not matter.',
    ],
  };
}

function studyTable(study: readonly StudyRow[]): FigureTable {
  return {
    id: 'study',
    title: 'Beside the published study',
    head: ['figure', STUDY_SOURCE, 'this run', STUDY_DIFFERENCE],
    rows: study.map((row) => {
      const [words, difference] = STUDY_WORDS[row.figure];
      const published = row.unit === 'points' ? pointsText(row.published) : percent(row.published);
      return [
        plainCell(words),
        figureCell(`study/${row.figure}/published`, published),
        figureCell(`study/${row.figure}/here`, hereText(row)),
        plainCell(difference),
      ];
    }),
    notes: [
      'The study looked at three tools on SWE-bench Verified; another benchmark or other submissions may differ for that alone.',
    ],
  };
}

function hereText(row: StudyRow): string {
  if (row.unit === 'points') return pointsText(row.here);
  return row.here === null ? 'no labels yet' : rateWords(row.here);
}
