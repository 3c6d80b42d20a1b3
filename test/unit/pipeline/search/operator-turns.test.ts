import { expect, it } from 'vitest';
import { operatorTurns } from '../../../../src/pipeline/search/operator-turns.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import { anInput, answered, int, raised } from '../../../helpers/builders.js';

const observed = (operators: string[], gold: Observed['gold']): Observed => ({
  input: anInput('f(1)', { mutations: operators }),
  gold,
  candidate: gold,
  comparison: { kind: 'same' },
});

it('gives more to operators that lead to new values', () => {
  const some = Array.from({ length: 20 }, (_, index) => [
    observed(['literal'], answered(int(index))),
    observed(['wrap'], answered(int(1))),
    observed(['literal', 'attribute'], raised('AttributeError', String(index))),
    observed(['wrap', 'fragment'], answered(int(index % 2 ? -index : 0))),
  ]).flat();
  const turns = operatorTurns([observed([], answered(int(1))), ...some]);
  expect(Object.fromEntries(turns)).toEqual({ literal: 4, wrap: 1, attribute: 1, fragment: 3 });
});

it('judges little from few', () => {
  expect(operatorTurns([observed(['wrap'], raised('TypeError'))]).get('wrap')).toBe(2);
});
