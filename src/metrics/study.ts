import type { SubmissionReview } from '../model/review-metrics.js';
import type { Rate } from '../model/rate.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord } from '../model/verdict.js';
import type { StudyRow } from '../model/study.js';
import { isJudged } from './evidence.js';
import { idOfPair } from './labels.js';
import { rateOf } from './rate.js';

/** The figures in the abstract of arXiv 2503.15223: shares from 0 to 1, inflation in percentage points. */
export const PUBLISHED = {
  failingDeveloperTests: 0.078,
  divergent: 0.296,
  different: 0.468,
  extra: 0.273,
  certainlyIncorrect: 0.286,
  inflation: 6.2,
} as const;

/** The study's figures beside those of all submissions together. */
export function studyTable(
  records: readonly PairRecord[],
  overall: SubmissionMetrics,
  review: SubmissionReview | null,
): StudyRow[] {
  const judged = records.filter((record) => record.plausible === true && isJudged(record));
  const failing = judged
    .filter(({ developerFailures }) => developerFailures.length > 0)
    .map(idOfPair)
    .sort();
  const plausible = new Set(overall.divergentPlausible.ids);
  const classed = Object.values(overall.classes).flatMap(({ ids }) => ids.filter((id) => plausible.has(id)));
  const ofClass = (name: 'different' | 'extra'): Rate =>
    rateOf(
      (overall.classes[name]?.ids ?? []).filter((id) => plausible.has(id)),
      classed.length,
    );
  const incorrect = review && review.incorrectDivergent.of > 0 ? review.incorrectDivergent : null;
  return [
    {
      figure: 'failing-developer-tests',
      unit: 'share',
      published: PUBLISHED.failingDeveloperTests,
      here: rateOf(failing, judged.length),
    },
    { figure: 'divergent', unit: 'share', published: PUBLISHED.divergent, here: overall.divergentPlausible },
    { figure: 'different', unit: 'share', published: PUBLISHED.different, here: ofClass('different') },
    { figure: 'extra', unit: 'share', published: PUBLISHED.extra, here: ofClass('extra') },
    {
      figure: 'certainly-incorrect',
      unit: 'share',
      published: PUBLISHED.certainlyIncorrect,
      here: incorrect,
    },
    {
      figure: 'inflation',
      unit: 'points',
      published: PUBLISHED.inflation,
      here: review ? review.inflation : overall.resolved.inflation.strong,
    },
  ];
}
