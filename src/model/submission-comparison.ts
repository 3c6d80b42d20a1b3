import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { count, points, share } from './scalars.js';

/** The counts that submissions are compared by; `withLabels` only where there are labels. */
export const MEASURES = ['reported', 'afterStrongEvidence', 'afterAnyDivergence', 'withLabels'] as const;
export type Measure = (typeof MEASURES)[number];

const measure = z.enum(MEASURES);

const rankSchema = z.object({
  measure,
  count,
  rank: z.int().min(1),
  /** Share of the resamples in which the rank moves in the same direction; null when it does not move. */
  moved: share.nullable(),
});

const rateDifferenceSchema = z.object({
  measure,
  /** Rate of the first minus that of the second, in percentage points. */
  points,
  /** 95% percentile interval of the paired bootstrap, in percentage points. */
  interval: z.object({ low: points, high: points }),
  /** Share of the resamples in which the first is strictly ahead. */
  ahead: share,
  /** Share of the resamples in which the first is strictly behind. */
  behind: share,
});

const orderChangeSchema = z.object({
  measure,
  /**
   * Share of the resamples in which both orders are as observed here. An order that is a tie here may be any order in
   * the resample, as long as the two differ.
   */
  probability: share,
});

const pairedComparisonSchema = z.object({
  first: z.string(),
  second: z.string(),
  differences: z.array(rateDifferenceSchema),
  /** Measures by which the two stand in another order than as reported. */
  orderChanges: z.array(orderChangeSchema),
});

export const submissionComparisonSchema = z
  .object({
    resamples: count,
    seed: z.int(),
    instances: count,
    /** By reported rank. */
    ranks: z.array(z.object({ model: z.string(), by: z.array(rankSchema) })),
    pairs: z.array(pairedComparisonSchema),
  })
  .meta({ id: 'comparison', description: 'Submissions compared by a paired bootstrap over instances' });

/** Where a submission stands by one measure; equal counts share the better rank. */
export type Rank = Immutable<z.infer<typeof rankSchema>>;

/** How far the first of two submissions is ahead. */
export type RateDifference = Immutable<z.infer<typeof rateDifferenceSchema>>;

/** A change from the reported order to the order by another measure. */
export type OrderChange = Immutable<z.infer<typeof orderChangeSchema>>;

/** Two submissions on the same instances. */
export type PairedComparison = Immutable<z.infer<typeof pairedComparisonSchema>>;

/** Several submissions compared on the same instances. */
export type SubmissionComparison = Immutable<z.infer<typeof submissionComparisonSchema>>;
