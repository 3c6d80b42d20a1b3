import { expect, it } from 'vitest';
import { issueGround } from '../../../../src/pipeline/confirm/issue-ground.js';
import type { Input, Seed } from '../../../../src/model/input.js';
import { anInput, answered, int } from '../../../helpers/builders.js';

const seed = (id: string, origin: Seed['origin'], label: string): Seed => ({
  ...{ id, origin, label, file: 'tests/test_m.py', prelude: '', setUp: [], statements: [] },
});
const observed = (input: Input, ...functions: string[]) => {
  const gold = answered(int(1), { hits: ['m.py::<module>', ...functions] });
  return { input, gold, candidate: gold, comparison: { kind: 'same' } as const };
};

it('takes what is entered by the inputs of the issue and of the tests of the fix, as they were written', () => {
  const seeds = [
    seed('i', 'issue', 'issue block 1'),
    seed('fix', 'test', 'test_fix'),
    seed('other', 'test', 'test_other'),
  ];
  const { seeds: own, entered } = issueGround(
    seeds,
    ['tests/test_m.py::test_fix[1]'],
    [
      observed(anInput('f(1)', { seed: 'i' }), 'a'),
      observed(anInput('f(2)', { seed: 'fix' }), 'b'),
      observed(anInput('f(3)', { seed: 'other' }), 'c'),
      observed(anInput('f(4)', { seed: 'i', mutations: ['literal'] }), 'd'),
    ],
  );
  expect([...own]).toEqual(['i', 'fix']);
  expect([...entered].sort()).toEqual(['a', 'b']);
});
