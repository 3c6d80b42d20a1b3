import { expect, it } from 'vitest';
import { cohenKappa as sut } from '../../../src/metrics/kappa.js';

/** Ratings with so many of each combination: a row per label of the first rater. */
const ratings = (table: readonly (readonly number[])[]) =>
  table.flatMap((row, first) =>
    row.flatMap((count, second) =>
      Array.from({ length: count }, () => [String(first), String(second)] as const),
    ),
  );

// The first is the example of Cohen, Psychological Bulletin 70 (1968), without weights; the second that of Fleiss,
// Cohen and Everitt, Psychological Bulletin 72 (1969); the third has the same agreement as chance gives.
it.each([
  [
    [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ],
    0.7,
    0.41,
    0.492,
  ],
  [
    [
      [106, 10, 4],
      [22, 28, 10],
      [2, 12, 6],
    ],
    0.7,
    0.475,
    0.429,
  ],
  [
    [
      [1, 1],
      [1, 1],
    ],
    0.5,
    0.5,
    0,
  ],
  [
    [
      [5, 0],
      [0, 5],
    ],
    1,
    0.5,
    1,
  ],
])('%j', (table, observed, expected, kappa) => {
  const result = sut(ratings(table));
  expect(result.observed).toBeCloseTo(observed, 10);
  expect(result.expected).toBeCloseTo(expected, 10);
  expect(result.kappa).toBeCloseTo(kappa, 3);
});

it('says nothing where chance alone agrees, and refuses no ratings', () => {
  expect(sut([['correct', 'correct']])).toEqual({ observed: 1, expected: 1, kappa: null });
  expect(() => sut([])).toThrow(RangeError);
});
