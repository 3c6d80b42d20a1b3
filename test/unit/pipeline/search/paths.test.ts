import { describe, expect, it } from 'vitest';
import { Paths, pathOf } from '../../../../src/pipeline/search/paths.js';
import { answered, int } from '../../../helpers/builders.js';

const by = (gold: readonly string[], candidate: readonly string[]) => ({
  gold: answered(int(1), { branches: gold }),
  candidate: answered(int(1), { branches: candidate }),
});

describe(Paths, () => {
  const paths = new Paths();
  paths.learn([by(['shared', 'gold'], ['shared', 'candidate', 'other'])]);

  it.each([
    ['a shared branch on one side', ['shared'], []],
    ['a branch of its own on gold alone', ['gold'], []],
    ['a branch of its own on the candidate alone', ['shared'], ['shared', 'candidate']],
  ])('sees that the ways part: %s', (_, gold, candidate) => {
    expect(paths.depart(by(gold, candidate))).toBe(true);
  });

  it.each([
    ['the same branches', ['shared'], ['shared']],
    ['branches of their own on both sides', ['gold'], ['candidate']],
    ['no branches', [], []],
  ])('sees no parting: %s', (_, gold, candidate) => {
    expect(paths.depart(by(gold, candidate))).toBe(false);
  });
});

describe(pathOf, () => {
  it('tells inputs apart by targets and branches of either side', () => {
    const ways = [by(['a'], ['a']), by(['a'], ['b']), by(['b'], ['a']), by([], [])];
    expect(new Set(ways.map(pathOf)).size).toBe(4);
  });
});
