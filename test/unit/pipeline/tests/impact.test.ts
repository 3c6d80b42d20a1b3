import { describe, expect, it } from 'vitest';
import { findTargets } from '../../../../src/change/targets.js';
import { Impact as Sut, type TestReach } from '../../../../src/pipeline/tests/impact.js';
import type { SideTree } from '../../../../src/model/side.js';
import { TraceBook } from '../../../../src/observe/probe/trace-book.js';
import { treeOf } from '../../../helpers/trees.js';

const BASE = `import os

X = 1

def f(x):
    return 0

def g(x):
    def inner():
        return 0
    return inner()

def at_import():
    return 0

class C(Parent):
    y = 1
    def m(self):
        return 0
`;
const GOLD = BASE.replace('def f(x):\n    return 0', 'def f(x):\n    return 1');
/** What the tests of the trace enter, made on gold. */
const ENTERED: Record<string, readonly string[]> = {
  enters_f: ['m.py::f'],
  enters_g: ['m.py::g', 'm.py::g.inner'],
  enters_m: ['m.py::C.m'],
  starts_process: ['<process>'],
  reads: ['m.py::<read>'],
  enters_none: [],
};

/** What each test is to a candidate, with `none` left out. */
async function reachOf(
  candidate: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Record<string, TestReach>> {
  const tree = async (side: SideTree['side'], files: Record<string, string>): Promise<SideTree> => ({
    side,
    directory: await treeOf(files),
    effectHash: side,
    changedFiles: side === 'base' ? [] : Object.keys(files),
  });
  const [base, gold] = [await tree('base', { 'm.py': BASE }), await tree('gold', { 'm.py': GOLD })];
  const trees = { base, gold, candidate: await tree('candidate', { 'm.py': candidate, ...others }) };
  const trace = new TraceBook();
  const names = [
    ...new Set([...Object.values(ENTERED).flat(), 'm.py::<module>', 'm.py::at_import', 'm.py::f', 'm.py::g']),
  ];
  trace.define(0, names);
  trace.addEverywhere([names.indexOf('m.py::at_import')]);
  for (const [id, entered] of Object.entries(ENTERED))
    trace.addTest(
      'test_m.py',
      id,
      entered.map((name) => names.indexOf(name)),
    );
  const sut = await Sut.of(trace, await findTargets(base, gold, trees.candidate), trees);
  const reaches = Object.keys(ENTERED).map((id) => [id, sut.reach({ file: 'test_m.py', id })] as const);
  return Object.fromEntries(reaches.filter(([, reach]) => reach !== 'none'));
}

const UNSEEN = { starts_process: 'possible', reads: 'possible' } as const;
const ALL = {
  enters_f: 'possible',
  enters_g: 'possible',
  enters_m: 'possible',
  enters_none: 'possible',
  ...UNSEEN,
};

describe('the tests that can tell gold from a candidate', () => {
  it('are none where both make the same change', async () => {
    expect(await reachOf(GOLD)).toEqual({});
  });

  it('are those that enter what the candidate leaves as it was', async () => {
    expect(await reachOf(BASE)).toEqual({ enters_f: 'direct', ...UNSEEN });
  });

  it('are those that enter what only the candidate changes', async () => {
    const candidate = GOLD.replace('return inner()', 'return 2');
    expect(await reachOf(candidate)).toEqual({ enters_g: 'direct', ...UNSEEN });
  });

  it('are found through the code around for a new nested function', async () => {
    const candidate = GOLD.replace('    return inner()', '    def more(): pass\n    return inner()');
    expect(await reachOf(candidate)).toEqual({ enters_g: 'direct', ...UNSEEN });
  });

  it('are found through changed callers for a new function and an import', async () => {
    const candidate = GOLD.replace('import os', 'import os, re').replace(
      'def f',
      'def helper(): pass\n\ndef f',
    );
    expect(await reachOf(candidate)).toEqual(UNSEEN);
  });

  it.each([
    ['a constant', GOLD.replace('X = 1', 'X = 2')],
    ['a class body', GOLD.replace('y = 1', 'y = 2')],
    ['a method that may override another', `${GOLD}    def n(self): pass\n`],
    [
      'a function called while importing',
      GOLD.replace('def at_import():\n    return 0', 'def at_import():\n    return 1'),
    ],
    ['a decorator', GOLD.replace('def g', '@cache\ndef g')],
    ['a hook found by its name', GOLD.replace('def f', 'def pytest_configure(): pass\n\ndef f')],
  ])('are all where the candidate changes %s', async (_, candidate) => {
    expect(Object.keys(await reachOf(candidate)).sort()).toEqual(Object.keys(ALL).sort());
  });

  it('are all where data differs, and none where prose does', async () => {
    expect(await reachOf(GOLD, { 'pkg/table.json': '{}' })).toEqual({ ...ALL });
    expect(await reachOf(GOLD, { 'CHANGES.rst': 'x' })).toEqual({});
  });

  it('are those of a test file that the candidate changes', async () => {
    const reach = await reachOf(GOLD, { 'test_m.py': '' });
    expect(new Set(Object.values(reach))).toEqual(new Set(['direct']));
  });
});
