import { describe, expect, it } from 'vitest';
import { median, ratio } from '../../../benchmarks/bench/numbers.js';

describe(median, () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 30])).toBe(3);
    expect(median([])).toBeNull();
  });
});

describe(ratio, () => {
  it('is nothing where there is nothing to divide by', () => {
    expect(ratio(3, 2)).toBe(1.5);
    expect(ratio(3, 0)).toBeNull();
    expect(ratio(null, 2)).toBeNull();
  });
});
