import type { Feature } from './score-features.js';

/**
 * The weights of the score, in log odds: each point adds 1 to the logarithm of the odds that a patch is incorrect. Set by
 * hand, until `npm run bench:fit-score -- --write` replaces them.
 */
export const SCORE_WEIGHTS: Readonly<Record<'intercept' | Feature, number>> = {
  intercept: -2,
  'developer-tests': 1,
  strong: 1.5,
  error: 0.3,
  beyond: 0.3,
  weak: 0.3,
  regression: 0.3,
  unfixed: 0.3,
  'in-issue': 0.3,
  observed: 0.3,
  contrived: -0.3,
  accepts: -0.3,
  verified: 0.5,
  share: 0.5,
};
