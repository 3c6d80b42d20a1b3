import { describe, expect, it } from 'vitest';
import { scheduleParents, selectParents } from '../../../../src/pipeline/search/parents.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import { Paths } from '../../../../src/pipeline/search/paths.js';
import { Random } from '../../../../src/inputs/program/random.js';
import type { Domain, Input } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import type { Target } from '../../../../src/model/target.js';
import { anInput, anObservation, answered, int, raised } from '../../../helpers/builders.js';

const target: Target = {
  id: 'm.py::f',
  file: 'm.py',
  qualname: 'f',
  kind: 'function',
  changedBy: ['gold'],
  definitions: {},
};
const hits = [target.id];
const one = answered(int(1), { hits });

const observed = (source: string, gold: Observation = one, overrides: Partial<Input> = {}): Observed => ({
  input: anInput(source, overrides),
  gold,
  candidate: gold,
  comparison: { kind: 'same' },
});
const sources = (list: readonly Observed[]) => list.map(({ input }) => input.source);
const sut = (list: readonly Observed[], mutations = 0) =>
  sources(selectParents(list, [target], mutations, new Random(0)));

describe(selectParents, () => {
  it('takes what reached a target and was answered, issue first and short before long', () => {
    const list = [
      observed('f(10)'),
      observed('f(1)'),
      observed('unrelated()', answered(int(1))),
      observed('f("hangs")', anObservation({ kind: 'timeout' }, { hits })),
      observed('f("of the issue")', one, { seedOrigin: 'issue' }),
    ];
    expect(sut(list)).toEqual(['f("of the issue")', 'f(1)', 'f(10)']);
  });

  it('takes a text once for each way through the changed code', () => {
    const way = (branches: string[], setUp: string) =>
      observed('f(a)', answered(int(1), { hits, branches }), { prefix: [setUp] });
    const list = [way(['1>2'], 'a = 1'), way(['1>2'], 'a = 2'), way(['1>3'], 'a = -1')];
    const taken = selectParents(list, [target], 0, new Random(0));
    expect(taken.map(({ input }) => input.prefix)).toEqual([['a = 1'], ['a = -1']]);
  });

  it('takes everything where nothing reached a target', () => {
    expect(sut([observed('g()', answered(int(1)))])).toEqual(['g()']);
  });

  it('takes one mutant for each answer, and none that is contrived', () => {
    const mutant = (source: string, gold: Observation, domain: Domain = 'in-domain') =>
      observed(source, gold, { mutations: ['literal'], domain });
    const two = answered(int(2), { hits });
    const list = [
      observed('f(0)'),
      mutant('f(1)', one),
      mutant('f(2)', one),
      mutant('f(3)', two),
      mutant('f("")', raised('TypeError', '', {}), 'contrived'),
    ];
    expect(sut(list, 1).sort()).toEqual(['f(1)', 'f(3)']);
  });
});

describe(scheduleParents, () => {
  it('puts inputs on which the fix shows first, also where they raise', () => {
    const [plain, refused, refusedByFix] = [
      observed('f(1)'),
      observed('f(-1)', raised('ValueError')),
      observed('f(-2)', raised('ValueError')),
    ];
    const ranked = scheduleParents([plain, refused, refusedByFix], new Set([refusedByFix]), new Paths());
    expect(sources(ranked.map((source) => source.observed))).toEqual(['f(-2)', 'f(1)']);
    expect(ranked.map(({ turn }) => turn)).toEqual([4, 1]);
  });

  it('gives the mutants of few inputs on which the fix shows their share beside many others', () => {
    const plain = Array.from({ length: 40 }, (_, index) => observed(`f(${index})`));
    const fixed = observed('f(-1)');
    const ranked = scheduleParents([...plain, fixed], new Set([fixed]), new Paths());
    expect(ranked.slice(0, 2).map(({ turn }) => turn)).toEqual([32, 1]);
    const [first] = scheduleParents([...plain.slice(0, 10), fixed], new Set([fixed]), new Paths());
    expect(first?.turn).toBe(20);
  });

  it('puts inputs that take different ways before others, and gives each way its turn', () => {
    const by = (source: string, gold: string[], candidate = gold): Observed => ({
      ...observed(source, { ...one, branches: gold }),
      candidate: { ...one, branches: candidate },
    });
    const list = [by('f(1)', ['x']), by('f(2)', ['x']), by('f(3)', ['y']), by('f(4)', ['y'], ['x'])];
    const paths = new Paths();
    paths.learn(list);
    expect(sources(scheduleParents(list, new Set(), paths).map((source) => source.observed))).toEqual([
      'f(4)',
      'f(1)',
      'f(3)',
      'f(2)',
    ]);
  });
});
