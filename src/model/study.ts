import type { Rate } from './report.js';

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

/** One figure of the study beside that of this run. */
export type StudyRow = { readonly figure: StudyFigure; readonly published: number } & (
  | { readonly unit: 'share'; /** Null where the run cannot say. */ readonly here: Rate | null }
  | { readonly unit: 'points'; readonly here: number | null }
);
