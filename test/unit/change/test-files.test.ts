import { describe, expect, it } from 'vitest';
import { findDefinitions } from '../../../src/python/definitions.js';
import { rankTestFiles } from '../../../src/change/test-files.js';
import type { Target } from '../../../src/model/target.js';
import { treeOf } from '../../helpers/trees.js';

function target(file: string, qualname: string): Target {
  const gold = findDefinitions(file, `class ${qualname.split('.')[0] ?? ''}: pass`)[1]!;
  return {
    id: `${file}::${qualname}`,
    file,
    qualname,
    kind: 'method',
    changedBy: ['gold'],
    definitions: { gold },
  };
}

describe('rankTestFiles', () => {
  it('puts the test patch first, then names, then mentions, and leaves out what is unrelated', async () => {
    const filler = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`other/tests/test_${index}.py`, 'def test_x(): 1']),
    );
    const test = 'def test_it(): ';
    const directory = await treeOf({
      ...filler,
      'pkg/core/tests/test_kind.py': test,
      'pkg/core/tests/test_near.py': test,
      'pkg/simplify/tests/test_function.py': test,
      'pkg/core/tests/test_function.py': `${test}Derivative(x)`,
      'pkg/misc/tests/test_misc.py': `from pkg import Derivative\n${test}1`,
      'pkg/misc/tests/test_derivatives.py': `${test}Derivatives, my_Derivative`,
      'pkg/core/tests/conftest.py': 'Derivative',
      'pkg/core/function.py': 'class Derivative: pass',
    });
    const sut = await rankTestFiles({
      directory,
      testPatchFiles: ['pkg/core/tests/test_kind.py', 'docs/readme.txt'],
      targets: [target('pkg/core/function.py', 'Derivative.kind')],
      limit: 5,
    });
    expect(sut.map(({ file }) => file)).toEqual([
      'pkg/core/tests/test_kind.py',
      'pkg/core/tests/test_function.py',
      'pkg/simplify/tests/test_function.py',
      'pkg/misc/tests/test_misc.py',
      'pkg/core/tests/test_near.py',
    ]);
    expect(sut[1]?.reasons).toEqual(['named after pkg/core/function.py', 'mentions Derivative']);
  });

  it('takes no account of names that most tests mention', async () => {
    const directory = await treeOf({
      'a/tests/test_a.py': 'def test_a(): doit',
      'b/tests/test_b.py': 'def test_b(): doit',
    });
    expect(
      await rankTestFiles({ directory, testPatchFiles: [], targets: [target('m/n.py', 'doit')], limit: 1 }),
    ).toEqual([]);
  });

  it('takes every file with tests where there are no more than are looked for', async () => {
    const directory = await treeOf({
      'pkg/__init__.py': '',
      'tests/test_a.py': 'def test_a(): doit',
      'tests/test_b.py': 'def test_b(): 1',
      'tests/test_none.py': 'doit',
    });
    const targets = [target('pkg/__init__.py', 'doit')];
    const sut = await rankTestFiles({ directory, testPatchFiles: [], targets, limit: 2 });
    expect(sut.map(({ file }) => file)).toEqual(['tests/test_a.py', 'tests/test_b.py']);
  });
});
