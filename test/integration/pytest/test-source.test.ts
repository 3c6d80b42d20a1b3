import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareObservations } from '../../../src/compare/compare.js';
import { renderTests } from '../../../src/pytest/test-source.js';
import type { Input } from '../../../src/model/input.js';
import type { Canonical, Observation } from '../../../src/model/observation.js';
import { anInput, answered, int, list, object, raised, str } from '../../helpers/builders.js';
import { LOAD_AND_STATUS } from '../../helpers/python-modules.js';

/** Compiles each text, then runs it against both versions of the module `m`. */
const DRIVER = `${LOAD_AND_STATUS}
job = json.load(sys.stdin)
print(json.dumps([[status(text, job[side]) for side in ('gold', 'candidate')] for text in job['texts']]))
`;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'patchdiff-test-source-'));
  await writeFile(path.join(directory, 'driver.py'), DRIVER);
});
afterAll(() => rm(directory, { recursive: true }));

interface Case {
  readonly name: string;
  /** Source of `m` on each side. */
  readonly modules: readonly [gold: string, candidate: string];
  readonly input: Partial<Input> & { readonly source: string };
  readonly gold: Observation;
  readonly candidate: Observation;
  /** What the best working test must contain. */
  readonly says: string;
}

const prelude = 'from m import *';
const both = (template: string, gold: string, candidate: string): [string, string] => [
  template.replaceAll('$', gold),
  template.replaceAll('$', candidate),
];
const set = (...items: Canonical[]): Canonical => ({ t: 'set', items });
const thing = (size: number): Canonical => ({ t: 'object', type: 'm.Thing', public: { size: int(size) } });

const failing = (items: Canonical[], type: string): Canonical => ({
  t: 'iterator',
  type: 'builtins.generator',
  items,
  more: false,
  raised: { type, bases: [], message: '' },
});

const CASES: readonly Case[] = [
  {
    name: 'plain data',
    modules: both('f = lambda: {"a": [1, $]}', '2', '3'),
    input: { source: 'f()' },
    gold: answered({ t: 'dict', ordered: false, entries: [[str('a'), list(int(1), int(2))]] }),
    candidate: answered({ t: 'dict', ordered: false, entries: [[str('a'), list(int(1), int(3))]] }),
    says: "assert result == {'a': [1, 2]}",
  },
  {
    name: 'equal values of different types',
    modules: both('f = lambda: $', '1', 'True'),
    input: { source: 'f()' },
    gold: answered(int(1)),
    candidate: answered({ t: 'bool', v: true }),
    says: 'assert type(result) is int',
  },
  {
    name: 'signed zero inside a list',
    modules: both('f = lambda: [$]', '-0.0', '0.0'),
    input: { source: 'f()' },
    gold: answered(list({ t: 'float', v: '-0.0' })),
    candidate: answered(list({ t: 'float', v: '0.0' })),
    says: 'assert repr(result) == repr([-0.0])',
  },
  {
    name: 'NaN',
    modules: both('f = lambda: float($)', '"nan"', '0'),
    input: { source: 'f()' },
    gold: answered({ t: 'float', v: 'nan' }),
    candidate: answered({ t: 'float', v: '0.0' }),
    says: 'assert result != result',
  },
  {
    name: 'text with quotes, controls and other scripts',
    modules: both('f = lambda: $', String.raw`"a'b\\\n\x00é€😀"`, '""'),
    input: { source: 'f()' },
    gold: answered(str("a'b\\\n\0é€😀")),
    candidate: answered(str('')),
    says: 'assert result == ',
  },
  {
    name: 'objects by repr',
    modules: both('class C:\n    def __repr__(self): return "C($)"\nf = lambda: [C()]', '1', '2'),
    input: { source: 'f()' },
    gold: answered(list(object('m.C', 'C(1)'))),
    candidate: answered(list(object('m.C', 'C(2)'))),
    says: "assert repr(result) == '[C(1)]'",
  },
  {
    name: 'sets of objects',
    modules: both('class C:\n    def __repr__(self): return "C($)"\nf = lambda: {C()}', '1', '2'),
    input: { source: 'f()' },
    gold: answered(set(object('m.C', 'C(1)'))),
    candidate: answered(set(object('m.C', 'C(2)'))),
    says: "sorted(repr(item) for item in result) == ['C(1)']",
  },
  {
    name: 'objects by public attribute',
    modules: both('class Thing: size = $\nf = lambda: (None, Thing())', '1', '2'),
    input: { source: 'f()' },
    gold: answered({ t: 'tuple', items: [{ t: 'none' }, thing(1)] }),
    candidate: answered({ t: 'tuple', items: [{ t: 'none' }, thing(2)] }),
    says: 'assert result[1].size == 1',
  },
  {
    name: 'types of objects whose repr holds an address',
    modules: both('class A: pass\nclass B: pass\nf = lambda: $()', 'A', 'B'),
    input: { source: 'f()' },
    gold: answered(object('m.A', '<A at 0x...>')),
    candidate: answered(object('m.B', '<B at 0x...>')),
    says: "assert type(result).__name__ == 'A'",
  },
  {
    name: 'an error where gold answers',
    modules: both('f = lambda: [1, $]', '2', 'nowhere'),
    input: { source: 'f()' },
    gold: answered(list(int(1), int(2))),
    candidate: raised('NameError', "name 'nowhere' is not defined"),
    says: 'assert result == [1, 2]',
  },
  {
    name: 'an error where gold gives something unreadable',
    modules: both('f = lambda: $', 'object()', 'nowhere'),
    input: { source: 'f()' },
    gold: answered({ t: 'opaque', type: 'm.T', why: 'foreign' }),
    candidate: raised('NameError'),
    says: '    f()',
  },
  {
    name: 'an answer where gold refuses',
    modules: ['def f(): raise ValueError("no")', 'f = lambda: None'],
    input: { source: 'f()' },
    gold: raised('ValueError', 'no'),
    candidate: answered({ t: 'none' }),
    says: "assert type(caught).__name__ == 'ValueError'",
  },
  {
    name: 'an exception type',
    modules: both('def f(): raise $()', 'KeyError', 'IndexError'),
    input: { source: 'f()' },
    gold: raised('KeyError'),
    candidate: raised('IndexError'),
    says: "assert type(caught).__name__ == 'KeyError'",
  },
  {
    name: 'a message around an address',
    modules: both('def f(): raise ValueError("$ %r" % object())', 'wrong', 'bad'),
    input: { source: 'f()' },
    gold: raised('ValueError', 'wrong <object object at 0x...>'),
    candidate: raised('ValueError', 'bad <object object at 0x...>'),
    says: "assert 'wrong <object object at' in str(caught)",
  },
  {
    name: 'output',
    modules: both('def f(): print("$")', 'one', 'two'),
    input: { source: 'f()' },
    gold: answered({ t: 'none' }, { stdout: 'one\n' }),
    candidate: answered({ t: 'none' }, { stdout: 'two\n' }),
    says: "assert printed.getvalue() == 'one\\n'",
  },
  {
    name: 'output before an exception of both',
    modules: both('def f():\n    print("$")\n    raise KeyError()', 'one', 'two'),
    input: { source: 'f()' },
    gold: { ...raised('KeyError'), stdout: 'one\n' },
    candidate: { ...raised('KeyError'), stdout: 'two\n' },
    says: 'except Exception:',
  },
  {
    name: 'warnings',
    modules: both('import warnings\ndef f(): $', 'pass', 'warnings.warn("old", DeprecationWarning)'),
    input: { source: 'f()' },
    gold: answered({ t: 'none' }),
    candidate: answered({ t: 'none' }, { warnings: [{ category: 'DeprecationWarning', message: 'old' }] }),
    says: 'warnings.catch_warnings(record=True)',
  },
  {
    name: 'an argument changed in place',
    modules: both('def f(x): x.append($)', '1', '2'),
    input: { prefix: ['x = [[]]'], source: 'f(x[0])' },
    gold: answered({ t: 'none' }, { state: { x: list(list(int(1))) } }),
    candidate: answered({ t: 'none' }, { state: { x: list(list(int(2))) } }),
    says: 'assert x[0][0] == 1',
  },
  {
    name: 'a dictionary key that gold lacks',
    modules: both('class V: pass\nf = lambda: {"v": V()$}', '', ', "k": 1'),
    input: { source: 'f()' },
    gold: answered({ t: 'dict', ordered: false, entries: [[str('v'), object('m.V', '<V at 0x...>')]] }),
    candidate: answered({
      t: 'dict',
      ordered: false,
      entries: [
        [str('k'), int(1)],
        [str('v'), object('m.V', '<V at 0x...>')],
      ],
    }),
    says: "assert 'k' not in result",
  },
  {
    name: 'an endless iterator',
    modules: both('import itertools\nf = lambda: itertools.count($)', '0', '1'),
    input: { source: 'f()' },
    gold: answered({ t: 'iterator', type: 'itertools.count', items: [int(0), int(1)], more: true }),
    candidate: answered({ t: 'iterator', type: 'itertools.count', items: [int(1), int(2)], more: true }),
    says: 'list(itertools.islice(f(), 2))',
  },
  {
    name: 'an iterator that fails, where the other ends',
    modules: both('def f():\n    yield 1\n    $', 'raise KeyError(2)', 'yield 2'),
    input: { source: 'f()' },
    gold: answered(failing([int(1)], 'builtins.KeyError')),
    candidate: answered({ t: 'iterator', type: 'builtins.generator', items: [int(1), int(2)], more: false }),
    says: "assert type(caught).__name__ == 'KeyError'",
  },
  {
    name: 'what an iterator gives before it fails',
    modules: both('def f():\n    yield $\n    raise KeyError(2)', '1', '3'),
    input: { source: 'f()' },
    gold: answered(failing([int(1)], 'builtins.KeyError')),
    candidate: answered(failing([int(3)], 'builtins.KeyError')),
    says: 'assert result == [1]',
  },
  {
    name: 'module names that the body binds anew, and strings over several lines',
    modules: both('x = 1\nf = lambda text: text + "$"', 'a', 'b'),
    input: {
      prelude: 'from __future__ import division\nfrom m import *\nfrom m import x',
      prefix: ['x = x + 1', 'if x:\n    result = """\none\n"""'],
      source: 'y = f(result)\n(lambda: y * (x - 1))()',
    },
    gold: answered(str('\none\na')),
    candidate: answered(str('\none\nb')),
    says: 'global x',
  },
  {
    name: 'what an assertion of a test says',
    modules: both('def check(): raise AssertionError("got " + $)', '"one"', '"none"'),
    input: { source: 'check()' },
    gold: raised('AssertionError', 'got one'),
    candidate: raised('AssertionError', 'got none'),
    says: "str(caught) == 'got one'",
  },
  {
    name: 'what is wrong only when certain numbers are drawn',
    modules: both(
      'import random\n\ndef f():\n    return $',
      '1',
      '2 if 0.95 < random.random() < 0.96 else 1',
    ),
    input: { source: 'f()' },
    gold: answered(int(1)),
    candidate: answered(int(2)),
    says: 'random.seed(seed)',
  },
];

it.each(CASES)('$name: passes on gold, fails on the candidate', async (one) => {
  const { modules, input, gold, candidate, says } = one;
  const comparison = compareObservations(gold, candidate);
  if (comparison.kind !== 'different') throw new Error('nothing differs');
  const texts = renderTests({
    id: 'ab-1',
    input: anInput(input.source, { prelude, ...input }),
    gold,
    candidate,
    differences: comparison.differences,
    comment: ['instance demo\nclass extra'],
  });
  const job = JSON.stringify({ gold: modules[0], candidate: modules[1], texts });
  const { stdout } = await execa('python3', [path.join(directory, 'driver.py')], { input: job });
  const statuses = JSON.parse(stdout.split('\n').at(-1) ?? '') as [string, string][];
  const works = statuses.findIndex(
    ([onGold, onCandidate]) => onGold === 'passed' && onCandidate !== 'passed',
  );
  expect(texts[works], JSON.stringify({ statuses, texts }, null, 1)).toContain(says);
  expect(texts[works]).toContain('# instance demo class extra\n');
});
