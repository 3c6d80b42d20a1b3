import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../benchmarks/bench/arguments.js';
import { runOptions } from '../../../benchmarks/bench/patchdiff.js';

describe(readArguments, () => {
  it('measures the bundled benchmark where nothing is named', () => {
    const { dataset, predictions, workers } = readArguments([]);
    expect(dataset).toMatch(/benchmarks\/mini$/);
    expect(predictions).toEqual([]);
    expect(workers).toBe(1);
  });

  it('takes the letters of `patchdiff run` and passes on what it does not need', () => {
    const given = readArguments([
      'd.jsonl',
      '-p',
      'a',
      '-p',
      'b',
      '-i',
      'x',
      '--python',
      'py',
      '--no-sandbox',
    ]);
    expect(given).toMatchObject({ dataset: 'd.jsonl', predictions: ['a', 'b'], instances: ['x'] });
    expect(given.forwarded).toEqual(['--python', 'py', '--no-sandbox']);
  });

  it('takes one seed, which scripts may count on from', () => {
    expect(readArguments([]).seed).toBe(0);
    const given = readArguments(['--seed', '7']);
    expect(runOptions({ ...given, seed: given.seed + 1 })).toEqual(['--seed', '8', '-j', '1']);
    expect(() => readArguments(['--seed', 'x'])).toThrow('--seed');
  });

  it('refuses numbers that make no sense', () => {
    expect(() => readArguments(['--budget', 'x'])).toThrow('--budget');
  });
});
