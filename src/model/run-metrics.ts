import { z } from 'zod';
import { divergenceClassSchema, gradeSchema } from './divergence.js';
import type { Immutable } from './immutable.js';
import { rateSchema } from './rate.js';
import { reviewMetricsSchema } from './review-metrics.js';
import { count, ids } from './scalars.js';
import { studyRowSchema } from './study.js';
import { submissionComparisonSchema } from './submission-comparison.js';
import { unverifiableReasonSchema } from './verdict.js';

const resolvedRatesSchema = z.object({
  /** The file that counts them as resolved; `measured` when there is none and the rerun here decides. */
  source: z.string(),
  reported: rateSchema,
  /** Without those that fail the benchmark's own tests when these are rerun. */
  afterOwnTests: rateSchema,
  /** Of these, without those that fail developer tests which gold passes. */
  afterDeveloperTests: rateSchema,
  /** Of these, without those with a divergence of a strong grade. */
  afterStrongEvidence: rateSchema,
  /** Of these, without every divergent one. */
  afterAnyDivergence: rateSchema,
  /** Reported as resolved, and not judged here: subtracted nowhere. */
  unjudged: ids,
  /** Percentage points by which the reported rate exceeds the one that is left. */
  inflation: z.object({ strong: z.number().nullable(), any: z.number().nullable() }),
});

const expectedCountSchema = z.object({
  /** How many patches have a score. */
  of: count,
  /** The sum of their scores. */
  expected: z.number().nonnegative(),
  /** In which the true number lies with 95% probability, as far as the scores are right; null for no patches. */
  interval: z.object({ low: z.number().nonnegative(), high: z.number().nonnegative() }).nullable(),
});

const submissionMetricsSchema = z
  .object({
    model: z.string(),
    /** Instances counted, with or without a prediction: the denominator of the resolved rates. */
    instances: count,
    /** Predictions given: the eight outcomes and `pending` add up to it. */
    submitted: count,
    /** Instances without a prediction. */
    incomplete: ids,
    outcomes: z.object({
      consistent: ids,
      divergent: ids,
      unverifiable: ids,
      'not-reached': ids,
      'not-applied': ids,
      empty: ids,
      'invalid-row': ids,
      'infra-error': ids,
    }),
    /** Predictions that the run has not come to. */
    pending: ids,
    unverifiable: someOf(unverifiableReasonSchema.options, ids),
    resolved: resolvedRatesSchema,
    /** Divergent ones among the plausible patches that were judged (consistent or divergent). */
    divergentPlausible: rateSchema,
    /** Those of them with strong evidence. */
    strongPlausible: rateSchema,
    /** Those of them that differ, but only in ways that may not matter. */
    weakOnly: rateSchema,
    /** How many of the plausible patches that were judged are incorrect, by their scores. */
    expectedIncorrect: expectedCountSchema,
    /** Divergent pairs by the class of their strongest divergence; those that only failed tests have none. */
    classes: someOf(divergenceClassSchema.options, rateSchema),
    /** Divergent pairs by their strongest grade. */
    grades: someOf(gradeSchema.options, rateSchema),
    /** Pairs in which the reference is the suspect: counted among the divergent, not as strong evidence. */
    goldSuspect: ids,
    /** Seconds of the pairs computed (not reused). */
    seconds: z.object({ pairs: count, median: z.number().nullable(), total: z.number() }),
  })
  .meta({ id: 'submission' });

export const runMetricsSchema = z.object({
  /** Grades that count as strong evidence. */
  strongGrades: z.array(gradeSchema),
  submissions: z.array(submissionMetricsSchema),
  /** Every pair of every submission, each submission with all its instances. */
  overall: submissionMetricsSchema,
  /** Null for a single submission. */
  comparison: submissionComparisonSchema.nullable(),
  /** The published study's figures beside those of all submissions together. */
  study: z.array(studyRowSchema),
  /** Null where nobody has labelled anything. */
  review: reviewMetricsSchema.nullable(),
});

/** The resolved instances, as reported and as each kind of evidence leaves them. All are shares of the instances. */
export type ResolvedRates = Immutable<z.infer<typeof resolvedRatesSchema>>;

/** An expected number of patches. */
export type ExpectedCount = Immutable<z.infer<typeof expectedCountSchema>>;

/** What one submission (or all together) came to. Every count is disjoint from its siblings and names its ids. */
export type SubmissionMetrics = Immutable<z.infer<typeof submissionMetricsSchema>>;

/** Every figure of a run. */
export type RunMetrics = Immutable<z.infer<typeof runMetricsSchema>>;

/** What can be counted without a reviewer and without comparing submissions. */
export type RunRates = Pick<RunMetrics, 'strongGrades' | 'submissions' | 'overall'>;

/** An object with some of the keys. */
function someOf<K extends string, T extends z.ZodType>(
  keys: readonly K[],
  value: T,
): z.ZodObject<Record<K, z.ZodExactOptional<T>>> {
  return z.object(
    Object.fromEntries(keys.map((key) => [key, z.exactOptional(value)])) as Record<K, z.ZodExactOptional<T>>,
  );
}
