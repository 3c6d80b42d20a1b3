import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Interval } from './interval.js';

/** With 1999 resamples the ends of a 95% percentile interval are order statistics: the 50th from either end. */
export const RESAMPLES = 1999;
const TAIL = ((RESAMPLES + 1) * 0.05) / 2;

/** Fixed, so that the same records give the same intervals on every machine. */
export const BOOTSTRAP_SEED = 0;

/**
 * Sums of each column over resampled rows: rows are drawn with replacement, and every column sees the same
 * draws, which keeps the measurements of one instance together (paired bootstrap; P. Koehn, "Statistical
 * significance tests for machine translation evaluation", EMNLP 2004).
 * @param columns one flag per row, all of the same length
 * @returns per column `RESAMPLES` sums
 */
export function resampledSums(columns: readonly Uint8Array[], rows: number): Int32Array[] {
  const generator = xoroshiro128plus(BOOTSTRAP_SEED);
  const sums = columns.map(() => new Int32Array(RESAMPLES));
  const times = new Int32Array(rows);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let draw = 0; draw < rows; draw++) {
      const row = uniformInt(generator, 0, rows - 1);
      times[row] = (times[row] ?? 0) + 1;
    }
    columns.forEach((column, index) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (column[row] ?? 0) * (times[row] ?? 0);
      (sums[index] as Int32Array)[resample] = sum;
    });
  }
  return sums;
}

/** The 95% percentile interval (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). */
export function percentileInterval(values: Int32Array): Interval {
  const sorted = Int32Array.from(values).sort();
  return { low: sorted[TAIL - 1] ?? NaN, high: sorted[RESAMPLES - TAIL] ?? NaN };
}
