import { describe, expect, it } from 'vitest';
import { findTargets, type TreeFiles } from '../../../src/change/targets.js';
import { treeOf } from '../../helpers/trees.js';

const BASE = {
  'p/m.py':
    'import a\nclass A:\n    x = 1\n    def m(self):\n        def i(): return 1\n        return i()\ndef f(): pass\n',
};

async function tree(files: Readonly<Record<string, string>>): Promise<TreeFiles> {
  return { directory: await treeOf(files), changedFiles: Object.keys({ ...BASE, ...files }) };
}

async function find(gold: Readonly<Record<string, string>>, candidate: Readonly<Record<string, string>>) {
  const targets = await findTargets(await tree(BASE), await tree(gold), await tree(candidate));
  return targets.map(
    ({ id, changedBy, definitions }) => `${id} ${changedBy.join('+')} on ${Object.keys(definitions).join()}`,
  );
}

const changed = (from: string, to: string) => ({ 'p/m.py': BASE['p/m.py'].replace(from, to) });

describe('findTargets', () => {
  it('marks the innermost changed definition', async () => {
    expect(await find(changed('return 1', 'return 2'), BASE)).toEqual([
      'p/m.py::A.m.i gold on base,gold,candidate',
    ]);
    expect(await find(BASE, changed('x = 1', 'x = 2'))).toEqual([
      'p/m.py::A candidate on base,gold,candidate',
    ]);
    expect(await find(changed('import a', 'import b'), changed('import a', 'import c'))).toEqual([
      'p/m.py::<module> gold+candidate on base,gold,candidate',
    ]);
  });

  it('marks added and removed functions and files', async () => {
    expect(await find(changed('def f(): pass', ''), changed('def f', 'def g(): pass\ndef f'))).toEqual([
      'p/m.py::g candidate on candidate',
      'p/m.py::f gold on base,candidate',
    ]);
    expect(await find({ ...BASE, 'p/n.py': 'def n(): pass\n' }, {})).toContain('p/n.py::n gold on gold');
    expect(await find(BASE, {})).toContain('p/m.py::A.m candidate on base,gold');
  });

  it('sees no change in comments, docstrings and layout', async () => {
    expect(
      await find(changed('def m(self):', 'def m(self):\n        """D."""\n        # c\n'), BASE),
    ).toEqual([]);
  });

  it('leaves out tests and files that are no Python', async () => {
    const others = {
      'p/tests/test_m.py': 'x = 1',
      'test_n.py': 'x = 1',
      'conftest.py': 'x = 1',
      'a.txt': 'x',
    };
    expect(await find({ ...BASE, ...others }, BASE)).toEqual([]);
  });
});
