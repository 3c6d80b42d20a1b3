import { z } from 'zod';
import { LABELS, type Label, type Sample } from './label.js';

const pair = { model: z.string(), instanceId: z.string() };

/** One line of `labels/REVIEWER.jsonl`. */
export const labelSchema: z.ZodType<Label> = z.object({
  ...pair,
  reviewer: z.string().min(1),
  label: z.enum(LABELS),
  note: z.string(),
  at: z.iso.datetime(),
  goldPatch: z.string(),
  candidatePatch: z.string(),
});

/** `labels/sample.json`. */
export const sampleSchema: z.ZodType<Sample> = z.object({
  seed: z.int(),
  population: z.int().nonnegative(),
  pairs: z.array(z.object(pair)),
});
