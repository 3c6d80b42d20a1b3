import { describe, expect, it } from 'vitest';
import { percentileInterval, RESAMPLES, resampledSums } from '../../../src/metrics/bootstrap.js';

const flags = (ones: number, rows: number) =>
  Uint8Array.from({ length: rows }, (_, at) => (at < ones ? 1 : 0));
const mean = (values: Int32Array) => values.reduce((sum, one) => sum + one, 0) / values.length;

describe(resampledSums, () => {
  it('draws every row alike: sums are binomial', () => {
    const [sums] = resampledSums([flags(30, 100)], 100);
    expect(sums).toHaveLength(RESAMPLES);
    // Standard error of the mean: sqrt(100 * 0.3 * 0.7 / 1999) = 0.1; of the variance about 0.7.
    expect(Math.abs(mean(sums!) - 30)).toBeLessThan(0.3);
    const variance = mean(sums!.map((one) => (one - 30) ** 2));
    expect(Math.abs(variance - 21)).toBeLessThan(2.1);
    // Quantiles of the binomial distribution B(100, 0.3) are 21 and 39.
    const { low, high } = percentileInterval(sums!);
    expect(Math.abs(low - 21)).toBeLessThanOrEqual(1);
    expect(Math.abs(high - 39)).toBeLessThanOrEqual(1);
  });

  it('shows every column the same rows', () => {
    const one = flags(4, 9);
    const [own, same, rest] = resampledSums([one, one, one.map((flag) => 1 - flag)], 9);
    expect(own).toEqual(same);
    expect(own!.every((sum, at) => sum + rest![at]! === 9)).toBe(true);
  });

  it('is the same every time', () => {
    expect(resampledSums([flags(2, 5)], 5)).toEqual(resampledSums([flags(2, 5)], 5));
  });
});

it('takes the 50th from either end', () => {
  const values = Int32Array.from({ length: RESAMPLES }, (_, at) => RESAMPLES - at);
  expect(percentileInterval(values)).toEqual({ low: 50, high: 1950 });
});
