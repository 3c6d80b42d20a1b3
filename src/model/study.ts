import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { rateSchema } from './rate.js';
import { points } from './scalars.js';

/** The figures of the published study that a run has counterparts of. */
export const STUDY_FIGURES = [
  'failing-developer-tests',
  'divergent',
  'different',
  'extra',
  'certainly-incorrect',
  'inflation',
] as const;
export type StudyFigure = (typeof STUDY_FIGURES)[number];

const row = { figure: z.enum(STUDY_FIGURES), published: z.number() };

/** `here` is null where the run cannot say. */
export const studyRowSchema = z
  .discriminatedUnion('unit', [
    z.object({ ...row, unit: z.literal('share'), here: rateSchema.nullable() }),
    z.object({ ...row, unit: z.literal('points'), here: points.nullable() }),
  ])
  .meta({ id: 'study', description: 'A figure of arXiv 2503.15223 beside that of this run' });

/** One figure of the study beside that of this run. */
export type StudyRow = Immutable<z.infer<typeof studyRowSchema>>;
