import { describe, expect, it } from 'vitest';
import { summarizeCandidates, summarizeWorkers } from '../../../benchmarks/bench/cost-summary.js';
import { aRecord } from '../../helpers/builders.js';

const { seconds } = aRecord();
const costing = (total: number) => aRecord({ seconds: { ...seconds, total, instance: 6, bare: 2 } });

describe(summarizeCandidates, () => {
  it('charges the instance to the first candidate and measures against the bare cost', () => {
    expect(summarizeCandidates([costing(4), costing(3), costing(5), costing(100)], 120)).toEqual({
      candidates: 4,
      wall: 120,
      wallPerCandidate: 30,
      bare: 2,
      first: 10,
      further: 5,
      firstOverBare: 5,
      furtherOverBare: 2.5,
      furtherOverFirst: 0.5,
    });
  });

  it('says nothing of further candidates where there is one', () => {
    expect(summarizeCandidates([costing(4)], 10)).toMatchObject({ further: null, furtherOverBare: null });
  });
});

describe(summarizeWorkers, () => {
  it('compares with the first run', () => {
    const [, two] = summarizeWorkers([
      { workers: 1, wall: 30, pairs: 3 },
      { workers: 2, wall: 20, pairs: 3 },
    ]);
    expect(two).toMatchObject({ speedup: 1.5, wallPerPair: 20 / 3 });
  });
});
