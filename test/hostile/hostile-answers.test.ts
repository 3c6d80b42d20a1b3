import { describe, expect, it } from 'vitest';
import { boundObservation, BoundedResults } from '../../src/observe/probe/bounds.js';
import { anObservation, answered, str } from '../helpers/builders.js';

const size = (value: unknown): number => JSON.stringify(value).length;

describe('what a side answers', () => {
  it('is kept as it is when it is not large', () => {
    const observation = answered(str('x'), { stdout: 'y' });
    expect(boundObservation(observation, size(observation))).toBe(observation);
  });

  it('is told apart by a digest where it is: the same stays the same, and another stays another', () => {
    const warned = (last: string) =>
      answered(str('x'), {
        warnings: [...Array(7000).keys()].map((n) => ({
          category: 'W',
          message: n === 6999 ? last : 'w'.repeat(1000),
        })),
        stdout: 'z'.repeat(1_000_000),
      });
    const [one, same, other] = [warned('a'), warned('a'), warned('b')].map((seen) =>
      boundObservation(seen, size(seen)),
    );
    expect(size(one)).toBeLessThan(500_000);
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
    expect(one?.outcome).toEqual({ kind: 'value', value: str('x') });
  });

  it('is no evidence where even its parts are too many', () => {
    const items = [...Array(50_000).keys()].map((n) => str(String(n).padStart(20)));
    const seen = anObservation({ kind: 'value', value: { t: 'list', items } });
    expect(boundObservation(seen, size(seen)).outcome).toEqual({ kind: 'resource', what: 'size' });
  });
});

describe('the results of a test run', () => {
  it('are cut one by one, and end the run where they have no end', () => {
    const sut = new BoundedResults(new Set());
    const message = 'x'.repeat(8_000_000);
    let kept = 0;
    const add = () => sut.add({ id: `t${kept}`, file: 'f.py', status: 'passed', seconds: 0, message });
    while (kept < 100_000 && add() === 'of-project') kept++;
    expect(kept).toBeGreaterThan(2000);
    expect(kept).toBeLessThan(100_000);
    expect(size(sut.parts.results)).toBeLessThan(80_000_000);
  });
});
