import { expect, it } from 'vitest';
import { scopeOf, type IssueGround } from '../../../src/compare/scope.js';
import { gradeOf } from '../../../src/compare/grade.js';
import type { DivergenceClass } from '../../../src/model/divergence.js';
import { compareObservations } from '../../../src/compare/compare.js';
import { anInput, answered, int, NO_GROUND } from '../../helpers/builders.js';

const ground: IssueGround = {
  seeds: new Set(['issue']),
  entered: new Set(['m.py::f']),
  privateNames: new Set(),
};
const mutant = anInput('f(0)', { mutations: ['literal'], domain: 'in-domain', seed: 'issue' });
const taking = (...branches: string[]) => answered(int(1), { hits: ['m.py::f', 'm.py::<module>'], branches });

it.each<[DivergenceClass, string]>([
  ['extra', 'regression'],
  ['missing', 'unfixed'],
  ['different', 'other-fix'],
])('calls %s a %s', (divergenceClass, kind) => {
  expect(scopeOf(NO_GROUND, { input: mutant, gold: taking(), class: divergenceClass }).kind).toBe(kind);
});

it.each([
  ['what the issue itself runs', anInput('f(1)', { seed: 'issue' }), taking('elsewhere'), ground, 'in-issue'],
  ['another branch of a function that the issue enters', mutant, taking('if-negative'), ground, 'in-issue'],
  ['another function', mutant, answered(int(1), { hits: ['m.py::g'] }), ground, 'beyond'],
  ['what nothing of the issue reaches', mutant, taking('if-short'), NO_GROUND, 'unknown'],
])('tells by the functions entered whether the issue asks for it: %s', (_, input, gold, known, issue) => {
  expect(scopeOf(known, { input, gold, class: 'missing' }).issue).toBe(issue);
});

it('holds a variation of another test beyond the issue where the candidate leaves it as it was, and only there', () => {
  const other = anInput('f(0)', {
    mutations: ['literal'],
    domain: 'in-domain',
    seed: 'test of another thing',
  });
  const issueOf = (divergenceClass: DivergenceClass, input = other) =>
    scopeOf(ground, { input, gold: taking(), class: divergenceClass }).issue;
  expect(issueOf('missing')).toBe('beyond');
  expect(issueOf('extra')).toBe('in-issue');
  expect(issueOf('different')).toBe('in-issue');
  expect(issueOf('missing', { ...other, mutations: [] })).toBe('in-issue');
  expect(issueOf('missing', { ...other, seed: 'issue' })).toBe('in-issue');
});

it('holds little against a candidate that leaves undone what the issue does not ask for', () => {
  const [gold, candidate] = [answered(int(1), { hits: ['m.py::g'] }), answered(int(2))];
  const comparison = compareObservations(gold, candidate);
  const differences = comparison.kind === 'different' ? comparison.differences : [];
  const graded = (divergenceClass: DivergenceClass) =>
    gradeOf({
      ...{ input: mutant, gold, candidate, differences, class: divergenceClass },
      scope: scopeOf(ground, { input: mutant, gold, class: divergenceClass }),
    });
  expect(graded('missing')).toBe('beyond-the-issue');
  expect(graded('extra')).toBe('different-value');
});
