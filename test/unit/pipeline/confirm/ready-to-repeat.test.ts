import { expect, it } from 'vitest';
import { compareObservations } from '../../../../src/compare/compare.js';
import { readyToRepeat } from '../../../../src/pipeline/confirm/ready-to-repeat.js';
import { anInput, answered, int } from '../../../helpers/builders.js';

const observed = (gold: number, candidate: number) => {
  const sides = { gold: answered(int(gold)), candidate: answered(int(candidate)) };
  return { input: anInput('f(1)'), ...sides, comparison: compareObservations(sides.gold, sides.candidate) };
};

it.each([
  [[observed(1, 1), observed(1, 2)], { base: [5], gold: [5, 6, 7], candidate: [5, 6, 7] }],
  [[observed(1, 1)], {}],
])('waits for the servers of every seed only where something differs', async (all, expected) => {
  const asked: Record<string, readonly number[]> = {};
  const side = (name: string) => ({
    ready(seeds: readonly number[]) {
      asked[name] = seeds;
      return Promise.resolve();
    },
  });
  const sides = { base: side('base'), gold: side('gold'), candidate: side('candidate') };
  await readyToRepeat({ ...sides, seeds: [5, 6, 7] }, all);
  expect(asked).toEqual(expected);
});
