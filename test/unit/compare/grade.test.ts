import { describe, expect, it } from 'vitest';
import { compareObservations } from '../../../src/compare/compare.js';
import { gradeOf } from '../../../src/compare/grade.js';
import { rankDivergences } from '../../../src/compare/rank.js';
import type { DivergenceClass } from '../../../src/model/divergence.js';
import type { Input } from '../../../src/model/input.js';
import type { Observation } from '../../../src/model/observation.js';
import type { Target } from '../../../src/model/target.js';
import { aDivergence, anInput, answered, int, raised } from '../../helpers/builders.js';

const mutant = anInput('f(0)', { mutations: ['literal'], generator: 'mutation', domain: 'in-domain' });
const issue = anInput('f(1)', { seedOrigin: 'issue', generator: 'issue' });
const inTree = (explicit: boolean) => ({ file: 'pkg/f.py', line: 3, function: 'f', explicit });

function sut(
  input: Input,
  divergenceClass: DivergenceClass,
  gold: Observation,
  candidate: Observation,
  targets: Target[] = [],
) {
  const comparison = compareObservations(gold, candidate);
  if (comparison.kind !== 'different') throw new Error(`not different: ${comparison.kind}`);
  return gradeOf({
    input,
    class: divergenceClass,
    gold,
    candidate,
    differences: comparison.differences,
    targets,
  });
}

const [one, two] = [answered(int(1)), answered(int(2))];

describe('errors where gold answers', () => {
  it.each<[string, Observation, string]>([
    ['a NameError', raised('NameError', '', { at: inTree(true) }), 'unintended-error'],
    ['a failing assert', raised('AssertionError', '', { at: inTree(true) }), 'unintended-error'],
    ['a KeyError of the interpreter', raised('KeyError', '', { at: inTree(false) }), 'unintended-error'],
    ['a KeyError that is raised on purpose', raised('KeyError', '', { at: inTree(true) }), 'different-value'],
    [
      'a ValueError out of int() in the tree',
      raised('ValueError', '', { at: inTree(false) }),
      'unintended-error',
    ],
    [
      'a ValueError that is raised on purpose',
      raised('ValueError', '', { at: inTree(true) }),
      'different-value',
    ],
  ])('%s', (_, candidate, grade) => {
    expect(sut(mutant, 'extra', one, candidate)).toBe(grade);
  });
});

it('suspects gold where gold stumbles and the candidate answers, even on the issue itself', () => {
  expect(sut(issue, 'missing', raised('TypeError'), one)).toBe('gold-suspect');
  expect(sut(mutant, 'different', raised('TypeError', '', { at: inTree(true) }), one)).toBe(
    'different-value',
  );
});

it('gives weight to inputs that people wrote', () => {
  expect(sut(issue, 'missing', one, two)).toBe('issue-input-unfixed');
  expect(sut(issue, 'different', one, two)).toBe('different-value');
  expect(sut({ ...issue, mutations: ['literal'] }, 'missing', one, two)).toBe('different-value');
  expect(sut(anInput('f(1)'), 'extra', one, two)).toBe('regression-on-developer-input');
  expect(sut(anInput('f(1)'), 'extra', one, raised('NameError'))).toBe('regression-on-developer-input');
  expect(sut(mutant, 'extra', one, two)).toBe('different-value');
});

it('gives weight to what the tests of the fix run, also where the type of an exception is all that differs', () => {
  const scope = { kind: 'unfixed', issue: 'in-issue', why: '' } as const;
  const graded = (input: Input, part: Partial<typeof scope> = {}) =>
    gradeOf({
      ...{ input, gold: raised('KeyError'), candidate: raised('OSError'), class: 'missing' as const },
      ...{ differences: [{ aspect: 'exception-type', path: '', left: 'a', right: 'b' }] },
      scope: { ...scope, ...part },
    });
  expect(graded(anInput('f(1)'))).toBe('issue-input-unfixed');
  expect(graded(mutant)).toBe('different-exception-type');
});

it('holds little against a candidate that only contrived inputs show', () => {
  const contrived = { ...mutant, domain: 'contrived' } as const;
  expect(sut(contrived, 'extra', one, two)).toBe('contrived');
  expect(sut(contrived, 'extra', one, raised('NameError'))).toBe('contrived');
  expect(sut(contrived, 'extra', raised('KeyError', 'a'), raised('KeyError', 'b'))).toBe('different-text');
});

it('keeps text and exception types below values', () => {
  expect(sut(mutant, 'extra', raised('KeyError', 'a'), raised('KeyError', 'b'))).toBe('different-text');
  expect(sut(mutant, 'extra', raised('KeyError'), raised('IndexError'))).toBe('different-exception-type');
  expect(sut(mutant, 'extra', one, answered(int(1), { stdout: 'x' }))).toBe('different-value');
  expect(sut(anInput('f(1)'), 'extra', one, answered(int(1), { stderr: 'x' }))).toBe('different-text');
  expect(sut(issue, 'missing', raised('KeyError', 'a'), raised('KeyError', 'b'))).toBe('issue-input-unfixed');
});

describe('internal', () => {
  it.each(['f(x)._args', '_f(1)', 'x.__slots', 'import pkg._impl\npkg._impl.f()'])('%s', (source) => {
    expect(sut(anInput(source), 'extra', one, two)).toBe('internal');
  });

  it.each(['_n = 1\nf(_n)', 'x.__class__', 'f(_ for _ in y)', "f('_args')"])('not %s', (source) => {
    expect(sut(anInput(source), 'extra', one, two)).toBe('regression-on-developer-input');
  });

  it('is judged from what matters to the input', () => {
    const other = ['x = X()', 'x._args = 3', 'x = X()', 'y = Y()', 'y._n = 3'];
    expect(sut(anInput('x.f()', { prefix: other }), 'extra', one, two)).toBe('regression-on-developer-input');
    expect(sut(anInput('x.f()', { prefix: other.slice(0, 2) }), 'extra', one, two)).toBe('internal');
  });

  it('is what needs a name that only gold introduces', () => {
    const definition = { file: 'f.py', kind: 'method', qualname: 'A.size', parameters: [] } as const;
    const target = {
      id: 'f.py::A.size',
      ...definition,
      definitions: { gold: definition },
    } as unknown as Target;
    const candidate = raised('AttributeError', "'A' object has no attribute 'size'");
    expect(sut(mutant, 'missing', one, candidate, [target])).toBe('internal');
    expect(sut(mutant, 'missing', one, candidate)).toBe('unintended-error');
  });
});

it('ranks by grade, then who would write the input, then class, then brevity', () => {
  const long = aDivergence({ id: 'long', input: anInput('f(10000)') });
  const short = aDivergence({ id: 'short' });
  const mutated = aDivergence({ id: 'mutated', input: mutant });
  const missing = aDivergence({ id: 'missing', class: 'missing' });
  const text = aDivergence({ id: 'text', grade: 'different-text', input: issue });
  const error = aDivergence({ id: 'error', grade: 'unintended-error', input: mutant });
  const compared = aDivergence({ id: 'compared', class: 'extra', input: anInput('f(0) == 1') });
  const contrived = aDivergence({ id: 'contrived', input: anInput('f()', { domain: 'contrived' }) });
  const all = [contrived, text, mutated, compared, missing, long, short, error];
  expect(rankDivergences(all).map(({ id }) => id)).toEqual([
    ...['error', 'short', 'long', 'missing', 'compared', 'mutated', 'contrived', 'text'],
  ]);
});
