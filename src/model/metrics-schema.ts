import { z } from 'zod';
import { MEASURES, type Comparison } from './comparison.js';
import { LABELS } from './label.js';
import type { ReviewMetrics, SubmissionReview } from './review-metrics.js';
import type { Rate } from './report.js';
import { STUDY_FIGURES, type StudyRow } from './study.js';

export const count = z.int().nonnegative();
export const ids = z.array(z.string());
export const share = z.number().min(0).max(1);

export const rateSchema: z.ZodType<Rate> = z
  .object({
    count,
    of: count,
    rate: share.nullable(),
    interval: z.object({ low: share, high: share }).nullable(),
    ids,
  })
  .meta({ id: 'rate', description: 'A count with the ids behind it, and its 95% Wilson interval' });

const measure = z.enum(MEASURES);
const points = z.number().min(-100).max(100);

export const comparisonSchema: z.ZodType<Comparison> = z
  .object({
    resamples: count,
    seed: z.int(),
    instances: count,
    ranks: z.array(
      z.object({
        model: z.string(),
        by: z.array(z.object({ measure, count, rank: z.int().min(1), moved: share.nullable() })),
      }),
    ),
    pairs: z.array(
      z.object({
        first: z.string(),
        second: z.string(),
        differences: z.array(
          z.object({
            measure,
            points,
            interval: z.object({ low: points, high: points }),
            ahead: share,
            behind: share,
          }),
        ),
        orderChanges: z.array(z.object({ measure, probability: share })),
      }),
    ),
  })
  .meta({ id: 'comparison', description: 'Submissions compared by a paired bootstrap over instances' });

const figure = z.enum(STUDY_FIGURES);
export const studySchema: z.ZodType<StudyRow> = z
  .discriminatedUnion('unit', [
    z.object({ figure, published: z.number(), unit: z.literal('share'), here: rateSchema.nullable() }),
    z.object({ figure, published: z.number(), unit: z.literal('points'), here: points.nullable() }),
  ])
  .meta({ id: 'study', description: 'A figure of arXiv 2503.15223 beside that of this run' });

const labelled: z.ZodType<SubmissionReview> = z.object({
  model: z.string(),
  labels: z.object(
    Object.fromEntries(LABELS.map((label) => [label, ids])) as Record<(typeof LABELS)[number], typeof ids>,
  ),
  disputed: ids,
  decided: ids,
  withLabels: rateSchema,
  inflation: points.nullable(),
  incorrectDivergent: rateSchema,
});

export const reviewSchema: z.ZodType<ReviewMetrics> = z
  .object({
    reviewers: z.array(z.object({ name: z.string(), labels: count })),
    stale: count,
    submissions: z.array(labelled),
    overall: labelled,
    agreement: z.array(
      z.object({
        reviewers: z.tuple([z.string(), z.string()]),
        both: count,
        observed: share,
        kappa: z.number().min(-1).max(1).nullable(),
        differ: ids,
      }),
    ),
    sample: z
      .object({
        size: count,
        population: count,
        labelled: count,
        estimate: z
          .object({
            incorrect: rateSchema,
            wrong: z.object({ count: z.number(), low: z.number(), high: z.number() }),
            resolved: z.object({ rate: z.number(), low: z.number(), high: z.number() }),
            inflation: points,
          })
          .nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'review', description: 'What the labels of reviewers come to' });
