import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { BOOTSTRAP_SEED, RESAMPLES } from '../../../src/metrics/bootstrap.js';
import type { Interval } from '../../../src/metrics/interval.js';

/**
 * The 95% percentile interval of a statistic over clusters (instances), which are drawn with replacement and whole:
 * patches of one instance are alike, so that they are less evidence than as many of different ones. Null where fewer
 * than two clusters say anything, or where the statistic is null in most resamples.
 */
export function clusterInterval<T>(
  clusters: readonly T[],
  statistic: (drawn: readonly T[]) => number | null,
): Interval | null {
  if (clusters.length < 2) return null;
  const generator = xoroshiro128plus(BOOTSTRAP_SEED);
  const values: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const drawn = clusters.map(() => clusters[uniformInt(generator, 0, clusters.length - 1)] as T);
    const value = statistic(drawn);
    if (value !== null) values.push(value);
  }
  if (values.length < RESAMPLES / 2) return null;
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}

/** The parts of several clusters as one share; null where there is nothing to divide by. */
export function shareOf(parts: readonly { readonly hits: number; readonly whole: number }[]): number | null {
  const whole = parts.reduce((sum, part) => sum + part.whole, 0);
  return whole === 0 ? null : parts.reduce((sum, part) => sum + part.hits, 0) / whole;
}
