import { z } from 'zod';
import type { RunReport, SubmissionMetrics } from './report.js';
import { comparisonSchema, count, ids, rateSchema, reviewSchema, studySchema } from './metrics-schema.js';
import { classSchema, gradeSchema, reasonSchema, recordSchema } from './record-schema.js';

const submissionSchema: z.ZodType<SubmissionMetrics> = z
  .object({
    model: z.string(),
    instances: count,
    submitted: count,
    incomplete: ids,
    outcomes: z.object({
      consistent: ids,
      divergent: ids,
      unverifiable: ids,
      'not-reached': ids,
      'not-applied': ids,
      empty: ids,
      'infra-error': ids,
    }),
    pending: ids,
    unverifiable: someOf(reasonSchema.options, ids),
    resolved: z.object({
      source: z.string(),
      reported: rateSchema,
      afterOwnTests: rateSchema,
      afterDeveloperTests: rateSchema,
      afterStrongEvidence: rateSchema,
      afterAnyDivergence: rateSchema,
      unjudged: ids,
      inflation: z.object({ strong: z.number().nullable(), any: z.number().nullable() }),
    }),
    divergentPlausible: rateSchema,
    classes: someOf(classSchema.options, rateSchema),
    grades: someOf(gradeSchema.options, rateSchema),
    goldSuspect: ids,
    seconds: z.object({ pairs: count, median: z.number().nullable(), total: z.number() }),
  })
  .meta({ id: 'submission' });

/** An object with some of the keys. */
function someOf<K extends string, T extends z.ZodType>(keys: readonly K[], value: T) {
  return z.object(
    Object.fromEntries(keys.map((key) => [key, z.exactOptional(value)])) as Record<K, z.ZodExactOptional<T>>,
  );
}

const file = { path: z.string(), sha256: z.string() };

const stored = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('patchdiff'), version: z.string(), probe: z.string() }),
  run: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    dataset: z.object({
      ...file,
      instances: count,
      hub: z.exactOptional(z.object({ id: z.string(), revision: z.string(), split: z.string() })),
    }),
    instances: ids,
    shard: z.object({ index: z.int().min(1), of: z.int().min(1), selection: z.string() }).nullable(),
    submissions: z.array(
      z.object({
        model: z.string(),
        files: z.array(z.object(file)),
        submitted: ids,
        reported: z.object({ ids, source: z.string() }).nullable(),
      }),
    ),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    engine: z.string(),
    seed: z.int(),
  }),
  records: z.array(recordSchema),
});

/** A `report.json` as it is read: its figures are computed anew from the records. */
export const storedReportSchema: z.ZodType<Omit<RunReport, 'metrics'>> = stored;

/** `report.json`, version 1; `schema/report.schema.json` is made from this. */
export const reportSchema: z.ZodType<RunReport> = stored
  .extend({
    metrics: z.object({
      strongGrades: z.array(gradeSchema),
      submissions: z.array(submissionSchema),
      overall: submissionSchema,
      comparison: comparisonSchema.nullable(),
      study: z.array(studySchema),
      review: reviewSchema.nullable(),
    }),
  })
  .meta({ title: 'patchdiff run report', description: 'Verdicts, divergences and corrected rates of a run' });

/** The JSON Schema of `report.json`; readers must expect keys beyond it. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { io: 'input' });
}
