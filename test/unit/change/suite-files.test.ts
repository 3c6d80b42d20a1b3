import { expect, it } from 'vitest';
import { suiteFiles as sut } from '../../../src/change/suite-files.js';
import { treeOf } from '../../helpers/trees.js';

const A_TEST = 'def test_a(): pass\n';

it('finds the files that define tests', async () => {
  const directory = await treeOf({
    'pkg/tests/test_a.py': A_TEST,
    'pkg/a_test.py': 'class A(TestCase): pass\n',
    'tests/helpers.py': A_TEST,
    'tests/test_empty.py': '',
    'pkg/a.py': 'def test_a(): pass\n',
  });
  expect(await sut(directory)).toEqual(['pkg/a_test.py', 'pkg/tests/test_a.py']);
});

it.each([
  ['tox.ini', '[pytest]\nnorecursedirs =\n    testing/examples\n    .tox *data\npython_files = x\n'],
  ['pyproject.toml', '[tool.pytest.ini_options]\nnorecursedirs = [\n  "testing/examples",\n  "*data",\n]\n'],
])('leaves out the folders that %s leaves out', async (file, text) => {
  const directory = await treeOf({
    [file]: text,
    'testing/test_a.py': A_TEST,
    'testing/examples/test_a.py': A_TEST,
    'testing/examples/more/test_a.py': A_TEST,
    'testing/other/examples/test_a.py': A_TEST,
    'testing/mydata/test_a.py': A_TEST,
  });
  expect(await sut(directory)).toEqual(['testing/other/examples/test_a.py', 'testing/test_a.py']);
});
