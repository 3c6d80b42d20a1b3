import type { Weights } from './score.js';

/**
 * The weights as fitted on resamples of the labelled instances, for the uncertainty of what is computed with them. Set by
 * hand, until `npm run bench:fit-score -- --write` replaces them.
 */
export const SCORE_RESAMPLES: readonly Weights[] = [
  [-2, 1, 1.5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, -0.3, -0.3, 0.5, 0.5],
];
