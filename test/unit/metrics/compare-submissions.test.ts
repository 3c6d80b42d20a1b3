import { describe, expect, it } from 'vitest';
import { compareSubmissions as sut } from '../../../src/metrics/compare-submissions.js';
import { computeMetrics } from '../../../src/metrics/metrics.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { aDivergence, aRecord } from '../../helpers/builders.js';

const ids = Array.from({ length: 100 }, (_, index) => `i${String(index).padStart(2, '0')}`);

/** A submission that resolves the first `resolved` instances, of which the first `divergent` diverge. */
function submission(model: string, resolved: number, divergent: number) {
  const records: PairRecord[] = ids
    .slice(0, divergent)
    .map((instanceId) =>
      aRecord({ model, instanceId, verdict: { outcome: 'divergent' }, divergences: [aDivergence()] }),
    );
  const facts = {
    model,
    submitted: ids.slice(0, divergent),
    reported: { ids: ids.slice(0, resolved), source: '' },
  };
  return { records, facts };
}

function compared(...submissions: ReturnType<typeof submission>[]) {
  const { submissions: metrics } = computeMetrics(
    submissions.flatMap(({ records }) => records),
    submissions.map(({ facts }) => facts),
    ids,
  );
  return sut(metrics, null, ids);
}

describe('two submissions', () => {
  const comparison = compared(submission('a', 60, 40), submission('b', 50, 0))!;
  const [pair] = comparison.pairs;
  const of = (measure: string) => pair!.differences.find((one) => one.measure === measure)!;

  it('differ by points, with an interval from pairs of answers', () => {
    expect(pair).toMatchObject({ first: 'a', second: 'b' });
    expect(of('reported').points).toBeCloseTo(10);
    // Ten instances are solved by a alone and none by b alone: the difference is binomial B(100, 0.1), with quantiles
    // 5 and 16; without pairing the interval would reach below zero.
    expect(Math.abs(of('reported').interval.low - 5)).toBeLessThanOrEqual(1);
    expect(Math.abs(of('reported').interval.high - 16)).toBeLessThanOrEqual(1);
    expect(of('afterAnyDivergence').points).toBeCloseTo(-30);
    expect(of('reported').ahead).toBeGreaterThan(0.999);
    expect(of('afterAnyDivergence').behind).toBeGreaterThan(0.99);
  });

  it('change their order, and probably so', () => {
    expect(pair!.orderChanges.map(({ measure }) => measure)).toEqual([
      'afterStrongEvidence',
      'afterAnyDivergence',
    ]);
    for (const { probability } of pair!.orderChanges) expect(probability).toBeGreaterThan(0.99);
    expect(comparison.ranks.map(({ model, by }) => [model, ...by.map(({ rank }) => rank)])).toEqual([
      ['a', 1, 2, 2],
      ['b', 2, 1, 1],
    ]);
    expect(comparison.ranks[0]!.by[0]!.moved).toBeNull();
    expect(comparison.ranks[0]!.by[2]!.moved).toBeGreaterThan(0.99);
  });
});

it('is unsure of a change that hangs on one instance', () => {
  const { pairs, ranks } = compared(submission('a', 51, 2), submission('b', 50, 0))!;
  const change = pairs[0]!.orderChanges.at(-1)!;
  expect(change.measure).toBe('afterAnyDivergence');
  // a is ahead by instances drawn X times and loses others drawn Y times, nearly Poisson with means 1 and 2:
  // both orders hold for Y > X > 0, that is 0.288; a loses its rank for Y > X, that is 0.606.
  expect(Math.abs(change.probability - 0.288)).toBeLessThan(0.035);
  expect(Math.abs(ranks[0]!.by.at(-1)!.moved! - 0.606)).toBeLessThan(0.035);
});

it('knows ties', () => {
  const comparison = compared(submission('a', 50, 0), submission('b', 50, 0))!;
  expect(comparison.ranks.map(({ by }) => by[0]!.rank)).toEqual([1, 1]);
  expect(comparison.pairs[0]).toMatchObject({
    differences: [{ points: 0, interval: { low: 0, high: 0 }, ahead: 0, behind: 0 }, {}, {}],
    orderChanges: [],
  });
});

it('compares neighbours and those in another order when there are many', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    submission(`m${String(index).padStart(2, '0')}`, 60 - 2 * index, 0),
  );
  expect(compared(...many.slice(0, 10))!.pairs).toHaveLength(45);
  expect(compared(...many)!.pairs).toHaveLength(11);
  const fallen = compared(submission('m', 99, 50), ...many)!;
  expect(fallen.pairs.filter(({ orderChanges }) => orderChanges.length > 0)).toHaveLength(6);
});

it('has nothing to say of one submission', () => {
  expect(compared(submission('a', 5, 0))).toBeNull();
});
