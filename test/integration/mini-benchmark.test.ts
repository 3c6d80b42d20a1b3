import { expect, it } from 'vitest';
import { flakyRows, testBundledBenchmark } from '../helpers/bundled-benchmark-tests.js';
import { BundledBenchmark } from '../helpers/bundled-benchmark.js';

// The bundled benchmark is sound by itself: git and Python say so, no code of patchdiff's has a part in it.

const benchmark = await BundledBenchmark.open('mini', ['alpha', 'beta']);

testBundledBenchmark(benchmark);

it('has a flaky instance', () => {
  expect(flakyRows(benchmark)).not.toEqual([]);
});
