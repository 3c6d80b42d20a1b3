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

/** The folder `kept` and the folders of `names` with a test each, and the settings; tells which of the folders are entered. */
async function entered(names: readonly string[], settings: Readonly<Record<string, string>>) {
  const tests = ['kept', ...names].map((name) => [`${name}/test_a.py`, A_TEST] as const);
  const files = await sut(await treeOf({ ...Object.fromEntries(tests), ...settings }));
  return files.map((file) => file.replace('/test_a.py', ''));
}

it.each([
  [
    '[tool:pytest] in setup.cfg',
    { 'setup.cfg': '[metadata]\nname = a\n\n[tool:pytest]\nnorecursedirs = a b\n' },
  ],
  ['[pytest] in setup.cfg, for old versions', { 'setup.cfg': '[pytest]\nnorecursedirs=a b\n' }],
  ['Windows line ends', { 'pytest.ini': '[pytest]\r\nnorecursedirs =\r\n  a\r\n  b\r\nx = 1\r\n' }],
  [
    'comments and empty lines in a value',
    { 'tox.ini': '[pytest]\nnorecursedirs =\n    a\n# c d\n\n    ; e\n    b\n' },
  ],
  ['a text in TOML', { 'pyproject.toml': '[tool.pytest.ini_options]\nnorecursedirs = "a b"\n' }],
  [
    'settings in several files',
    { 'tox.ini': '[pytest]\nnorecursedirs = a\n', 'setup.cfg': '[tool:pytest]\nnorecursedirs = b\n' },
  ],
])('reads %s', async (_, settings) => {
  expect(await entered(['a', 'b'], settings)).toEqual(['kept']);
});

it.each([
  [
    'other sections',
    { 'setup.cfg': '[flake8]\nnorecursedirs = a\n', 'pyproject.toml': '[tool.x]\nnorecursedirs = ["a"]\n' },
  ],
  [
    'a setting that only begins alike',
    { 'pytest.ini': '[pytest]\nnorecursedirs_of_old = a\naddopts = -x\n  norecursedirs = a\n' },
  ],
  [
    'a TOML file with a syntax error',
    { 'pyproject.toml': '[tool.pytest.ini_options]\nnorecursedirs = ["a"\n[' },
  ],
  [
    'values that are no texts',
    { 'pyproject.toml': '[tool.pytest.ini_options]\nnorecursedirs = [1, {a = 2}]\n' },
  ],
  ['tables of other kinds', { 'pyproject.toml': 'tool = 3\n', 'tox.ini': 'pytest = a\n' }],
])('is not misled by %s', async (_, settings) => {
  expect(await entered(['a'], settings)).toEqual(['a', 'kept']);
});

it('reads the other settings where one file is broken', async () => {
  const settings = { 'pyproject.toml': '[[[', 'pytest.ini': '[pytest\n[pytest]\nnorecursedirs = a\n' };
  expect(await entered(['a'], settings)).toEqual(['kept']);
});

it.each([
  ['.*', ['.hidden', 'a.b'], ['a.b', 'kept']],
  ['bin?', ['bin1', 'bin', 'cabin1'], ['bin', 'cabin1', 'kept']],
  ['v[0-9] w[!0-9]', ['v1', 'vx', 'w1', 'wx'], ['kept', 'vx', 'w1']],
  ['{arch} a+b !c', ['{arch}', 'a+b', 'arch', 'aab', 'c'], ['aab', 'arch', 'c', 'kept']],
  ['x/*/z', ['x/y/z', 'x/y/y/z', 'x/z', 'w/x/y/z'], ['kept', 'x/z']],
])('matches folders against %s as fnmatch does', async (patterns, folders, expected) => {
  const settings = { 'pytest.ini': `[pytest]\nnorecursedirs = ${patterns}\n` };
  expect(await entered(folders, settings)).toEqual(expected);
});
