import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLoadable } from '../../../src/change/compiled-code.js';
import { actsEverywhere, canMatter, steeringFiles } from '../../../src/change/steering.js';
import { haveSameTestSettings, withTestSettingsOf } from '../../../src/change/test-settings.js';
import { treeOf } from '../../helpers/trees.js';

type Files = Readonly<Record<string, string>>;

/** What a candidate that writes these files over gold's, and removes those given as null, is found to steer. */
async function steered(gold: Files, changes: Readonly<Record<string, string | null>>): Promise<string[]> {
  const own = Object.entries({ ...gold, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const found = await steeringFiles(
    { directory: await treeOf(gold), changedFiles: [] },
    { directory: await treeOf(Object.fromEntries(own)), changedFiles: Object.keys(changes) },
  );
  return found.map(({ file, kind }) => `${file}: ${kind}`);
}

describe(steeringFiles, () => {
  it('names what steers tests, wherever it is', async () => {
    const gold = { 'tests/test_a.py': 'a', 'tests/test_b.py': 'b', 'tests/help.py': 'h', 'pkg/a.py': 'a' };
    expect(
      await steered(gold, {
        'conftest.py': 'x',
        'pkg/conftest.py': 'x',
        'pytest.ini': '[pytest]\n',
        'tests/test_a.py': 'other',
        'tests/test_b.py': null,
        'tests/help.py': 'other',
        'tests/__init__.py': '',
        'tests/data.json': '{}',
        'src/sitecustomize.py': 'x',
        'evil.pth': 'x',
        'pluggy.py': 'x',
        'json/__init__.py': 'x',
        'src/_pytest/runner.py': 'x',
      }),
    ).toEqual([
      'conftest.py: conftest',
      'evil.pth: interpreter-startup',
      'json/__init__.py: shadows-module',
      'pkg/conftest.py: conftest',
      'pluggy.py: shadows-module',
      'pytest.ini: test-configuration',
      'src/_pytest/runner.py: shadows-module',
      'src/sitecustomize.py: interpreter-startup',
      'tests/__init__.py: test-helper',
      'tests/help.py: test-helper',
      'tests/test_a.py: edited-test',
      'tests/test_b.py: deleted-test',
    ]);
  });

  it('leaves product code, new tests, other settings and modules of the project alone', async () => {
    const gold = { 'pkg/a.py': 'a', 'json/__init__.py': '', 'setup.cfg': '[tool:pytest]\naddopts = -q\n' };
    const changes = {
      'pkg/a.py': 'b',
      'pkg/json.py': 'x',
      'json/more.py': 'x',
      'reproduce.py': 'x',
      'tests/test_new.py': 'x',
      'setup.cfg': '[tool:pytest]\naddopts = -q\n[flake8]\nx = 1\n',
    };
    expect(await steered(gold, changes)).toEqual([]);
  });

  it('takes a link in place of a test for a change, though its content is the same', async () => {
    const [gold, own] = [await treeOf({ 'tests/test_a.py': 'a' }), await treeOf({ 'tests/easy.txt': 'a' })];
    await symlink('easy.txt', path.join(own, 'tests/test_a.py'));
    expect(
      await steeringFiles(
        { directory: gold, changedFiles: [] },
        { directory: own, changedFiles: ['tests/test_a.py'] },
      ),
    ).toEqual([{ file: 'tests/test_a.py', kind: 'test-helper' }]);
  });

  it('knows which kinds can change other tests, and which act outside tests', () => {
    expect(canMatter({ file: 'a', kind: 'edited-test' })).toBe(false);
    expect(canMatter({ file: 'a', kind: 'conftest' })).toBe(true);
    expect(actsEverywhere({ file: 'a', kind: 'conftest' })).toBe(false);
    expect(actsEverywhere({ file: 'a', kind: 'shadows-module' })).toBe(true);
  });
});

describe(isLoadable, () => {
  const header = (flags: number) =>
    Buffer.from([0xcb, 0x0d, 0x0d, 0x0a, flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

  it.each([
    ['pkg/__pycache__/a.cpython-312.pyc', header(1), true],
    ['pkg/__pycache__/a.cpython-312.pyc', header(3), true],
    ['pkg/__pycache__/a.cpython-312.pyc', header(0), false],
    [
      'pkg/__pycache__/a.cpython-36.pyc',
      Buffer.from([0x33, 0x0d, 0x0d, 0x0a, 0x11, 0x22, 0x33, 0x5f]),
      false,
    ],
    ['pkg/a.pyc', header(0), true],
    ['pkg/a.so', Buffer.from('x'), true],
  ])('%s %#', async (file, content, expected) => {
    const directory = await treeOf({});
    await mkdir(path.join(directory, path.dirname(file)), { recursive: true });
    await writeFile(path.join(directory, file), content);
    expect(await isLoadable(directory, file)).toBe(expected);
    expect(await isLoadable(directory, 'none.pyc')).toBe(false);
  });
});

describe(withTestSettingsOf, () => {
  it.each([
    ['tox.ini', '[tox]\na = 1\n', '[tox]\na = 2\n[pytest]\naddopts = -p evil\n', '[tox]\na = 2\n'],
    [
      'setup.cfg',
      '[tool:pytest]\naddopts = -q\n',
      '[flake8]\nx = 1\n',
      '[flake8]\nx = 1\n[tool:pytest]\naddopts = -q\n',
    ],
    [
      'pyproject.toml',
      '[tool.pytest.ini_options]\naddopts = "-q"\n',
      '[tool.black]\nx = 1\n[tool.pytest.ini_options]\naddopts = "-p evil"\n',
      '[tool.black]\nx = 1\n[tool.pytest.ini_options]\naddopts = "-q"\n',
    ],
    ['pyproject.toml', 'x = 1\n', 'y = 1\ntool.pytest.ini_options.addopts = "-p evil"\n', 'x = 1\n'],
    ['pytest.ini', undefined, '[pytest]\n', undefined],
    ['setup.cfg', undefined, '[tool:pytest]\naddopts = -p evil\n', undefined],
    ['setup.cfg', '[a]\nx = 1\n', '[a]\nx = 2\n', '[a]\nx = 2\n'],
  ])('%s %#', (name, gold, candidate, expected) => {
    const sut = withTestSettingsOf(name, gold, candidate);
    expect(sut).toBe(expected);
    expect(haveSameTestSettings(name, gold, sut)).toBe(true);
  });
});
