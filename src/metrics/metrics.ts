import type { Review } from '../model/label.js';
import type { SubmissionFacts } from '../model/report.js';
import type { RunMetrics } from '../model/run-metrics.js';
import type { PairRecord } from '../model/verdict.js';
import { compareSubmissions } from './compare-submissions.js';
import { computeRates } from './rates.js';
import { reviewMetrics } from './review.js';
import { studyTable } from './study.js';

/** The review of a run that has neither labels nor a sample. */
export const NO_REVIEW: Review = { labels: [], sample: null };

/** Every figure of a run, from its records and the labels of its reviewers. @throws Error as `computeRates` does */
export function computeMetrics(
  records: readonly PairRecord[],
  facts: readonly Pick<SubmissionFacts, 'model' | 'submitted' | 'reported'>[],
  instances: readonly string[],
  given: Review = NO_REVIEW,
): RunMetrics {
  const rates = computeRates(records, facts, instances);
  const review = reviewMetrics(records, given, rates.submissions, rates.overall);
  const reviews = review && review.reviewers.length > 0 ? review.submissions : null;
  return {
    ...rates,
    comparison: compareSubmissions(rates.submissions, reviews, instances),
    study: studyTable(records, rates.overall, reviews && (review?.overall ?? null)),
    review,
  };
}
