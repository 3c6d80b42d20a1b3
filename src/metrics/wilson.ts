import type { Interval } from './interval.js';

/** The 97.5% quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95% score interval of a proportion, which stays sensible for few trials and for rates near 0 and 1
 * (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22, 1927). Both ends are from 0 to 1; null for no trials.
 * @throws RangeError unless 0 <= successes <= trials
 */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (successes < 0 || successes > trials) throw new RangeError(`${successes} successes in ${trials} trials`);
  if (trials === 0) return null;
  const rate = successes / trials;
  const scale = 1 + Z ** 2 / trials;
  const centre = (rate + Z ** 2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((rate * (1 - rate)) / trials + Z ** 2 / (4 * trials ** 2));
  // With no success or no failure the end is exactly 0 or 1, which rounding would miss.
  return {
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
}
