import { expect, it } from 'vitest';
import { poolSize } from '../../../../src/app/execution/pool-size.js';

it.each([
  ['the processors where there is memory for all', 4, 64, 4],
  ['the memory where that is scarce', 8, 13, 3],
  ['one on the smallest machine', 1, 1, 1],
  ['no more than the disk would bear', 128, 1024, 16],
])('is %s', (_what, processors, gigabytes, expected) => {
  expect(poolSize({ processors, memoryBytes: gigabytes * 1e9 })).toBe(expected);
});
