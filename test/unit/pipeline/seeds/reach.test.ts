import { describe, expect, it } from 'vitest';
import { SeedReach } from '../../../../src/pipeline/seeds/survey.js';
import type { Seed } from '../../../../src/model/input.js';
import type { Target } from '../../../../src/model/target.js';

const seedOf = (label: string, origin: Seed['origin'] = 'test'): Seed => ({
  id: label,
  origin,
  file: 'tests/test_a.py',
  label,
  prelude: '',
  setUp: [],
  statements: [],
});

const targetOf = (kind: Target['kind']): Target => ({
  id: 'm.py::f',
  file: 'm.py',
  qualname: 'f',
  kind,
  changedBy: ['gold'],
  definitions: {},
});

const seeds = [
  seedOf('T.test_hit'),
  seedOf('T.test_miss'),
  seedOf('T.test_unknown'),
  seedOf('issue', 'issue'),
];
const survey = new Map([
  ['T.test_hit', new Set(['m.py::f'])],
  ['T.test_miss', new Set(['m.py::other'])],
]);
const labels = (sut: SeedReach) => sut.seeds(['tests/test_a.py']).map(({ label }) => label);
const mayReach = (sut: SeedReach, id: string) =>
  sut.mayReach({ id, file: 'tests/test_a.py', status: 'passed', seconds: 0 });

describe(SeedReach, () => {
  it('takes the seeds that reach a target, and all of the issue', () => {
    expect(labels(new SeedReach(seeds, [survey], [targetOf('function')]))).toEqual(['T.test_hit', 'issue']);
  });

  it('takes all seeds of the main files where a body changed', () => {
    expect(labels(new SeedReach(seeds, [survey], [targetOf('module')]))).toHaveLength(4);
  });

  it('takes the tests that call a generator, as the call alone enters nothing', () => {
    const definition = {
      ...{ file: 'm.py', kind: 'function' as const, qualname: 'f', startLine: 1, endLine: 2 },
      ...{ parameters: [], decorators: [], tokens: 'def f ( ) : {\n yield 1 \n }\n' },
    };
    const target: Target = { ...targetOf('function'), definitions: { gold: definition } };
    const missing = { ...seedOf('T.test_miss'), statements: ['assert f(1) is not None'] };
    const sut = new SeedReach([missing, seedOf('T.test_other')], [survey], [target]);
    expect(labels(sut)).toEqual(['T.test_miss']);
  });

  it('rules no test out by a seed that is only a part of it', () => {
    const parts = [seedOf('test_miss (in part)[0]'), seedOf('test_miss (in part)[1]')];
    const missed = new Map(parts.map(({ id }) => [id, new Set<string>()]));
    const sut = new SeedReach(parts, [missed], [targetOf('function')]);
    expect(mayReach(sut, 'tests/test_a.py::test_miss[a]')).toBe(true);
  });

  it('rules out only a test that was seen to reach nothing', () => {
    const sut = new SeedReach(seeds, [survey], [targetOf('function')]);
    expect(mayReach(sut, 'tests/test_a.py::T::test_hit')).toBe(true);
    expect(mayReach(sut, 'tests/test_a.py::T::test_miss[1-2]')).toBe(false);
    expect(mayReach(sut, 'tests/test_a.py::T::test_unknown')).toBe(true);
    expect(mayReach(sut, 'tests/test_a.py::T::test_never_a_seed')).toBe(true);
  });
});
