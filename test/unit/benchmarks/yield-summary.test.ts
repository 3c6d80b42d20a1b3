import { describe, expect, it } from 'vitest';
import { summarizeYield } from '../../../benchmarks/bench/yield-summary.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { aDivergence, anInput, aRecord, aReport } from '../../helpers/builders.js';

const { seconds, inputs } = aRecord();
const found = (generator: 'test' | 'mutation') => aDivergence({ input: anInput('f(1)', { generator }) });
const divergent = (overrides: Partial<PairRecord>) =>
  aRecord({ verdict: { outcome: 'divergent' }, ...overrides });
const summary = (records: PairRecord[], workers = 1, cores = 2) =>
  summarizeYield({ ...aReport(), records }, workers, cores);

describe(summarizeYield, () => {
  const pairs = [
    divergent({
      divergences: [found('test'), found('mutation')],
      generated: { test: 3, mutation: 10 },
      seconds: { ...seconds, firstDifference: { test: 1, mutation: 4 } },
    }),
    divergent({
      divergences: [found('mutation')],
      generated: { test: 2, mutation: 20 },
      seconds: { ...seconds, firstDifference: { mutation: 8 } },
    }),
    aRecord({ reusedFrom: { instanceId: 'demo-1', model: 'm' }, divergences: [found('test')] }),
  ];

  it('counts for each generator what it found, alone and with others, and when', () => {
    expect(summary(pairs).generators).toEqual([
      { generator: 'mutation', inputs: 30, pairs: 2, alone: 1, divergences: 2, firstSeconds: 6 },
      { generator: 'test', inputs: 5, pairs: 1, alone: 0, divergences: 1, firstSeconds: 1 },
    ]);
  });

  it('takes them together, without the records that repeat others', () => {
    const { together, pairs: computed } = summary(pairs);
    expect(computed).toBe(2);
    expect(together).toMatchObject({ pairs: 2, divergences: 3, firstSeconds: 4.5, slowestFirstSeconds: 8 });
  });

  it('leaves a difference that was not confirmed out of the first ones', () => {
    const flaky = aRecord({ seconds: { ...seconds, firstDifference: { mutation: 1 } } });
    expect(summary([flaky]).together.firstSeconds).toBeNull();
  });

  it('gives the speed of a pair, and of a core that two or more sides share', () => {
    const fast = aRecord({ inputs: { ...inputs, tried: 500 }, seconds: { ...seconds, observe: 5 } });
    expect(summary([fast]).inputsPerSecond).toEqual({ all: 100, median: 100 });
    expect(summary([fast]).observationsPerSecondPerCore).toBe(100);
    expect(summary([fast], 2, 2).observationsPerSecondPerCore).toBe(200);
  });

  it('names what could not be judged', () => {
    const unverifiable = aRecord({
      verdict: { outcome: 'unverifiable', reason: 'gold-flaky', detail: '' },
      inputs: { ...inputs, flaky: 7 },
    });
    const { unverifiable: reasons, flakyInputs } = summary([unverifiable]);
    expect(reasons).toEqual({ 'gold-flaky': ['demo-1 m'] });
    expect(flakyInputs).toBe(7);
  });
});
