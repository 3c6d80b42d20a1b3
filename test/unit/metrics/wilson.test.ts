import { expect, it } from 'vitest';
import { wilsonInterval as sut } from '../../../src/metrics/wilson.js';

// 81/263, 15/148 and 1/29 are worked examples in Newcombe, Statistics in Medicine 17 (1998), Table I.
it.each([
  [10, 100, 0.0552, 0.1744],
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [1, 29, 0.0061, 0.1718],
  [0, 20, 0, 0.1611],
  [29, 29, 0.883, 1],
])('%i of %i lies between %f and %f', (successes, trials, low, high) => {
  const interval = sut(successes, trials)!;
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('says nothing without trials, and refuses impossible counts', () => {
  expect(sut(0, 0)).toBeNull();
  expect(() => sut(2, 1)).toThrow(RangeError);
  expect(() => sut(-1, 1)).toThrow(RangeError);
});
