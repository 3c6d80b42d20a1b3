import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { runMetricsSchema } from './run-metrics.js';
import { count, ids } from './scalars.js';
import { pairRecordSchema } from './verdict.js';

const fileFactsSchema = z.object({ path: z.string(), sha256: z.string() });

const datasetSchema = fileFactsSchema.extend({
  /** How many rows it has. */
  instances: count,
  /** The hub's id of the dataset with the commit and split that were read; absent for a path. */
  hub: z.object({ id: z.string(), revision: z.string(), split: z.string() }).exactOptional(),
});

const shardSchema = z.object({ index: z.int().min(1), of: z.int().min(1) });

const submissionFactsSchema = z.object({
  model: z.string(),
  files: z.array(fileFactsSchema),
  /** Instances it has a prediction for. */
  submitted: ids,
  /** Null when no results came with it: then passing the rerun tests counts as resolved. */
  reported: z.object({ ids, source: z.string() }).nullable(),
});

const runSchema = z.object({
  id: z.string(),
  /** ISO 8601. */
  startedAt: z.iso.datetime(),
  /** ISO 8601. */
  finishedAt: z.iso.datetime(),
  dataset: datasetSchema,
  /** Instance ids of this run, in the order of the dataset: all that were selected, or those of the shard. */
  instances: ids,
  /** `selection`: SHA-256 of the ids selected before sharding. */
  shard: shardSchema.extend({ selection: z.string() }).nullable(),
  submissions: z.array(submissionFactsSchema),
  /** Rows and predictions that cannot be read and name no instance, so that no count of outcomes has them; absent for none. */
  unreadable: z.object({ rows: count, predictions: count }).exactOptional(),
  /** Everything that can change a verdict. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** One sentence: which engine, and why. */
  engine: z.string(),
  seed: z.int(),
});

/** A `report.json` as it is read: its figures are computed anew from the records. */
export const storedReportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('patchdiff'), version: z.string(), probe: z.string() }),
  run: runSchema,
  records: z.array(pairRecordSchema),
});

/** `report.json`, version 1; `schema/report.schema.json` is made from this. */
export const runReportSchema = storedReportSchema
  .extend({ metrics: runMetricsSchema })
  .meta({ title: 'patchdiff run report', description: 'Verdicts, divergences and corrected rates of a run' });

/** The JSON Schema of `report.json`; readers must expect keys beyond it. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(runReportSchema, { io: 'input' });
}

/** A file the run read. */
export type FileFacts = Immutable<z.infer<typeof fileFactsSchema>>;

/** Where the rows came from. */
export type DatasetFacts = Omit<Immutable<z.infer<typeof datasetSchema>>, 'instances'>;

/** One submission of a run: what it gave, and which instances others count as resolved by it. */
export type SubmissionFacts = Immutable<z.infer<typeof submissionFactsSchema>>;

/** Which part of a dataset a run is: the `index`-th of `of`, from 1. */
export type Shard = Immutable<z.infer<typeof shardSchema>>;

/** What was run, as the report says it. */
export type RunFacts = Omit<Immutable<z.infer<typeof runSchema>>, 'finishedAt'>;

/** `report.json`. Version 1. */
export type RunReport = Immutable<z.infer<typeof runReportSchema>>;
