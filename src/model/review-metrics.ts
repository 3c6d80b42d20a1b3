import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { LABELS, type LabelName } from './label.js';
import { rateSchema } from './rate.js';
import { count, ids, points, share } from './scalars.js';

const submissionReviewSchema = z.object({
  model: z.string(),
  /** Ids by the label that all their reviewers gave; disjoint from `disputed`. */
  labels: z.object(Object.fromEntries(LABELS.map((label) => [label, ids])) as Record<LabelName, typeof ids>),
  /** Ids that reviewers labelled differently: no label decides about them. */
  disputed: ids,
  /** Ids reported as resolved of which a label decides. */
  decided: ids,
  /** Resolved where labels decide, and without strong evidence where none does. */
  withLabels: rateSchema,
  /** Percentage points by which the reported rate exceeds `withLabels`. */
  inflation: points.nullable(),
  /** Certainly incorrect ones among the divergent plausible pairs that have a label. */
  incorrectDivergent: rateSchema,
});

const agreementSchema = z.object({
  reviewers: z.tuple([z.string(), z.string()]),
  /** Pairs that both labelled. */
  both: count,
  /** Share of the pairs with the same label from both. */
  observed: share,
  /** Cohen's kappa; null when chance alone would give full agreement. */
  kappa: z.number().min(-1).max(1).nullable(),
  /** `model/instance` of the pairs labelled differently. */
  differ: ids,
});

const sampleEstimateSchema = z.object({
  /** Pairs in the sample. */
  size: count,
  /** Pairs that it was drawn from. */
  population: count,
  /** Pairs of the sample that have a label. */
  labelled: count,
  /** Null until every pair of the sample has a label. */
  estimate: z
    .object({
      /** Incorrect ones in the sample, with an interval corrected for the size of the population. */
      incorrect: rateSchema,
      /** Expected number of incorrect pairs in the population, with a 95% interval. */
      wrong: z.object({ count: z.number(), low: z.number(), high: z.number() }),
      /** Rate of all submissions together without those failing tests and without these, with a 95% interval. */
      resolved: z.object({ rate: z.number(), low: z.number(), high: z.number() }),
      /** Percentage points by which the reported rate exceeds that. */
      inflation: points,
    })
    .nullable(),
});

export const reviewMetricsSchema = z
  .object({
    /** With the number of labels that each gave. */
    reviewers: z.array(z.object({ name: z.string(), labels: count })),
    /** Labels of patches that the run does not hold: they count nowhere. */
    stale: count,
    submissions: z.array(submissionReviewSchema),
    overall: submissionReviewSchema,
    agreement: z.array(agreementSchema),
    sample: sampleEstimateSchema.nullable(),
  })
  .meta({ id: 'review', description: 'What the labels of reviewers come to' });

/** What the labels of one submission (or of all together) come to. */
export type SubmissionReview = Immutable<z.infer<typeof submissionReviewSchema>>;

/** How far two reviewers agree on the pairs that both labelled. */
export type Agreement = Immutable<z.infer<typeof agreementSchema>>;

/** What the labels of a random sample say of all pairs that it was drawn from. */
export type SampleEstimate = Immutable<z.infer<typeof sampleEstimateSchema>>;

/** Everything computed from labels. */
export type ReviewMetrics = Immutable<z.infer<typeof reviewMetricsSchema>>;
