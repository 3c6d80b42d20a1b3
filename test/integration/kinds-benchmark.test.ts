import { describe, expect, it } from 'vitest';
import { testBundledBenchmark } from '../helpers/bundled-benchmark-tests.js';
import { BundledBenchmark, see } from '../helpers/bundled-benchmark.js';

// The benchmark of kinds is sound by itself: git and Python say so, no code of patchdiff's has a part in it.

const benchmark = await BundledBenchmark.open('kinds', ['gamma', 'delta']);
const { pairs } = benchmark;
const differing = pairs.filter(({ outcome }) => outcome === 'divergent');
const controls = pairs.filter(({ outcome }) => outcome === 'consistent');

testBundledBenchmark(benchmark);

it('has every kind of difference', () => {
  const kinds = new Set(differing.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(Array.from('abcdefghijklm'));
});

it('has a control for every package', () => {
  const packages = (list: typeof pairs) => new Set(list.map((pair) => benchmark.rowOf(pair).repo));
  expect(packages(controls)).toEqual(packages(differing));
});

describe.concurrent('a control', () => {
  it.each(controls)('$model on $instance_id agrees with gold on the witness', async (control) => {
    const { witness } = differing.find(({ instance_id: id }) => id === control.instance_id)!;
    const row = benchmark.rowOf(control);
    const tree = await benchmark.patched(row, benchmark.patchOf(control));
    expect(await see(tree, witness!)).toBe(witness!.gold);
  });
});
