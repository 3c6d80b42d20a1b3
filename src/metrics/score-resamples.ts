import type { Weights } from './score.js';

/** Provisional. */
export const SCORE_RESAMPLES: readonly Weights[] = [
  [-2, 1, 1.5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, -0.3, -0.3, 0.5, 0.5],
];
