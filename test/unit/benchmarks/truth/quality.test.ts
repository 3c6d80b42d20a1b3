import { describe, expect, it } from 'vitest';
import { areaUnderCurve, scoreQuality, type Scored } from '../../../../benchmarks/bench/truth/quality.js';

describe(scoreQuality, () => {
  const scored = (label: Scored['label'], ...scores: number[]): Scored[] =>
    scores.map((score, index) => ({ instance: `${label}${index}`, label, score }));

  it('measures how often the incorrect stand above the fine, ties as half', () => {
    expect(areaUnderCurve([...scored('incorrect', 0.9, 0.5), ...scored('fine', 0.5, 0.1)])).toBe(0.875);
    expect(areaUnderCurve(scored('fine', 0.5))).toBeNull();
    expect(
      areaUnderCurve([...scored('debatable', 1), ...scored('incorrect', 0.2), ...scored('fine', 0.1)]),
    ).toBe(1);
  });

  it('counts every patch in one range of scores, and compares sums', () => {
    const quality = scoreQuality([
      ...scored('incorrect', 1, 0.95),
      ...scored('debatable', 0.9),
      ...scored('fine', 0, 0.05, 0.1),
    ]);
    expect(quality.reliability.map(({ from, patches, incorrect }) => [from, patches, incorrect])).toEqual([
      [0, 2, 0],
      [0.1, 1, 0],
      [0.9, 3, 2],
    ]);
    expect(quality.expected).toBeCloseTo(3);
    expect(quality.actual).toBe(2.5);
    expect(quality.brier).toBeLessThan(quality.brierOfBaseRate!);
    expect(quality.roc.at(-1)).toEqual({ threshold: 0, truePositives: 1, falsePositives: 1 });
  });
});
