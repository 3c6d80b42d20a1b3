import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { pairNameSchema } from './pair-name.js';
import { count } from './scalars.js';

/** What a reviewer may say of a candidate. */
export const LABELS = ['correct', 'incorrect', 'unclear', 'benchmark-fault'] as const;
export type LabelName = (typeof LABELS)[number];

/** One line of `labels/REVIEWER.jsonl`. */
export const labelSchema = pairNameSchema.extend({
  reviewer: z.string().min(1),
  label: z.enum(LABELS),
  note: z.string(),
  /** ISO 8601. */
  at: z.iso.datetime(),
  /** SHA-256 of the gold patch, as in the pair's record. */
  goldPatch: z.string(),
  /** SHA-256 of the candidate patch, as in the pair's record. */
  candidatePatch: z.string(),
});

/** `labels/sample.json`. */
export const sampleSchema = z.object({
  seed: z.int(),
  /** How many pairs it was drawn from. */
  population: count,
  pairs: z.array(pairNameSchema),
});

/** What one reviewer said of one pair. It holds for the patches that were looked at and for no others. */
export type Label = Immutable<z.infer<typeof labelSchema>>;

/** Pairs drawn at random: their labels give an estimate of how many of all pairs are incorrect. */
export type Sample = Immutable<z.infer<typeof sampleSchema>>;

/** Everything that reviewers left in the folder of a run. */
export interface Review {
  readonly labels: readonly Label[];
  readonly sample: Sample | null;
}
