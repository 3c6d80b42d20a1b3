import { describe, expect, it } from 'vitest';
import { findFrontier } from '../../../src/change/frontier.js';
import { findTargets } from '../../../src/change/targets.js';
import { treeOf } from '../../helpers/trees.js';

async function frontier(
  base: Record<string, string>,
  gold: Record<string, string>,
  candidate: Record<string, string>,
  id: string,
) {
  const [b, g, c] = await Promise.all([base, gold, candidate].map(treeOf));
  const changedFiles = Object.keys({ ...base, ...gold, ...candidate });
  const side = (directory = '') => ({ directory, changedFiles });
  const target = (await findTargets(side(b), side(g), side(c))).find((each) => each.id === id)!;
  return (await findFrontier(target, { gold: g!, candidate: c! })).map(
    ({ file, qualname }) => `${file}::${qualname}`,
  );
}

const module = (body: string, rest = '') => ({
  'p/m.py': `def f(a, b=1):\n    ${body}\ndef g(a):\n    return f(a)\n${rest}`,
});

describe('findFrontier', () => {
  it('is the target where both sides have it with a compatible signature', async () => {
    expect(await frontier(module('1'), module('2'), module('3'), 'p/m.py::f')).toEqual(['p/m.py::f']);
    const optional = { 'p/m.py': module('3')['p/m.py'].replace('b=1', 'b=1, c=2') };
    expect(await frontier(module('1'), module('2'), optional, 'p/m.py::f')).toEqual(['p/m.py::f']);
  });

  it('is the callers in the file where a side lacks it or needs other arguments', async () => {
    const helper = module('1', 'def h(): pass\nclass K:\n    def m(self): return h()\n');
    expect(
      await frontier(module('1'), helper, module('1', 'class K:\n    def m(self): return 2\n'), 'p/m.py::h'),
    ).toEqual(['p/m.py::K.m']);
    const other = { 'p/m.py': module('3')['p/m.py'].replace('b=1', 'b') };
    expect(await frontier(module('1'), module('2'), other, 'p/m.py::f')).toEqual(['p/m.py::g']);
  });

  it('is the function around a function, whichever side has the inner one', async () => {
    const inner = (body: string) => ({
      'p/m.py': `class K:\n    def m(self, a):\n        def entry(i):\n            return ${body}\n        return entry(a)\n    def n(self, entry): return entry\n`,
    });
    const without = {
      'p/m.py': 'class K:\n    def m(self, a): return 3\n    def n(self, entry): return entry\n',
    };
    expect(await frontier(inner('1'), inner('2'), without, 'p/m.py::K.m.entry')).toEqual(['p/m.py::K.m']);
    expect(await frontier(without, without, inner('2'), 'p/m.py::K.m.entry')).toEqual(['p/m.py::K.m']);
  });

  it('is the callers in the folder where the file has none', async () => {
    const gold = {
      'p/m.py': 'def h(): pass\n',
      'p/n.py': 'from .m import h\ndef k(): return h()\n',
      'q/o.py': 'def z(): h()\n',
    };
    const candidate = { 'p/m.py': '', 'p/n.py': 'def k(): return 1\n', 'q/o.py': 'def z(): h()\n' };
    expect(await frontier(candidate, gold, candidate, 'p/m.py::h')).toEqual(['p/n.py::k']);
  });

  it('is nothing for a function in a folder or package that one side lacks', async () => {
    const base = { 'p/m.py': 'def f(): return 1\n', 'p/n.py': 'def g(): return 1\n' };
    const script = { ...base, 'scripts/deep/reproduce.py': 'def check(): return 1\n' };
    expect(await frontier(base, base, script, 'scripts/deep/reproduce.py::check')).toEqual([]);
    expect(await frontier(base, script, base, 'scripts/deep/reproduce.py::check')).toEqual([]);
    const { 'p/m.py': _, ...rest } = base;
    const packaged = { ...rest, 'p/m.py/core.py': 'def f(): return 2\n' };
    expect(await frontier(base, base, packaged, 'p/m.py/core.py::f')).toEqual([]);
  });
});
