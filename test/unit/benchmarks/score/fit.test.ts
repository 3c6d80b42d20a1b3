import { describe, expect, it } from 'vitest';
import { fitScore, type Grouped } from '../../../../benchmarks/bench/score/fit.js';
import { fitLogistic, type Example } from '../../../../benchmarks/bench/score/logistic.js';

const example = (features: number[], target: number, weight = 1): Example => ({ features, target, weight });

describe(fitLogistic, () => {
  it('finds the log odds of a table when the ridge is small', () => {
    // 3 of 4 with the feature, 1 of 5 without it.
    const examples = [example([1], 1, 3), example([1], 0, 1), example([0], 1, 1), example([0], 0, 4)];
    const [intercept, weight] = fitLogistic(examples, 1e-6);
    expect(intercept).toBeCloseTo(Math.log(1 / 4), 3);
    expect(weight).toBeCloseTo(Math.log(3) - Math.log(1 / 4), 3);
  });

  it('ends where the classes can be separated and a feature repeats another', () => {
    const weights = fitLogistic([example([1, 1], 1), example([0, 0], 0)], 1);
    expect(weights.every(Number.isFinite)).toBe(true);
    expect(weights[1]).toBeCloseTo(weights[2] ?? 0, 9);
    expect(() => fitLogistic([], 0)).toThrow(/above 0/);
  });

  it('stands where the gradient is zero', () => {
    const examples = [
      example([0.2, 1], 0.5),
      example([0.9, 0], 1),
      example([0.1, 0], 0, 0.3),
      example([0.7, 1], 1),
    ];
    const ridge = 0.7;
    const weights = fitLogistic(examples, ridge);
    const errors = examples.map(({ features, target, weight }) => {
      const z = weights[0] + (weights[1] ?? 0) * features[0]! + (weights[2] ?? 0) * features[1]!;
      return weight * (1 / (1 + Math.exp(-z)) - target);
    });
    const gradient = (column: (one: Example) => number) =>
      examples.reduce((sum, one, index) => sum + errors[index]! * column(one), 0);
    expect(gradient(() => 1)).toBeCloseTo(0, 5);
    expect(gradient(({ features }) => features[0]!) + ridge * weights[1]!).toBeCloseTo(0, 5);
    expect(gradient(({ features }) => features[1]!) + ridge * weights[2]!).toBeCloseTo(0, 5);
  });
});

describe(fitScore, () => {
  /** Instances whose patches all have a feature of their own, which tells the answer only to who has seen them. */
  const rows = (own: boolean): Grouped[] =>
    Array.from({ length: 24 }, (_, index) => ({
      instance: `i${Math.floor(index / 2)}`,
      constructed: false,
      features: [
        ...Array.from({ length: 12 }, (__, at) => Number(own && at === Math.floor(index / 2))),
        Number(!own && index % 4 < 2),
      ],
      target: index % 4 < 2 ? 1 : 0,
      weight: 1,
    }));
  const right = (examples: readonly Grouped[], likelihoods: readonly number[]) =>
    examples.filter(({ target }, index) => likelihoods[index]! > 0.5 === (target === 1)).length;

  it('says of an instance only what others teach', () => {
    const learnable = rows(false);
    expect(right(learnable, fitScore(learnable).crossValidated)).toBe(24);
    const leaking = rows(true);
    expect(right(leaking, fitScore(leaking).crossValidated)).toBeLessThan(14);
  });

  it('is the same every time, and refits on resamples', () => {
    const [few, first] = [rows(false).slice(0, 12), fitScore(rows(false).slice(0, 12))];
    expect(fitScore(few)).toEqual(first);
    expect(new Set(first.resamples.map((weights) => weights.join())).size).toBeGreaterThan(5);
  });
});
