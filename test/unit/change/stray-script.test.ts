import { describe, expect, it } from 'vitest';
import { isStrayScript } from '../../../src/change/stray-script.js';
import { treeOf } from '../../helpers/trees.js';

const FILES = {
  'pkg/__init__.py': 'import os\n',
  'pkg/a.py': 'VALUE = 1\n',
  'README.md': 'reproduce_issue',
  'tool.py': '',
};

describe(isStrayScript, () => {
  it('is a new script at the root that no code mentions', async () => {
    const sut = await treeOf({ ...FILES, 'reproduce_issue.py': 'import reproduce_issue\n' });
    expect(await isStrayScript(await treeOf(FILES), sut, 'reproduce_issue.py')).toBe(true);
  });

  it.each([
    ['is imported', 'helper.py', 'from helper import x\n'],
    ['is named in a text', 'helper.py', "importlib.import_module('helper')\n"],
    ['takes the name of a standard module', 'random.py', ''],
    ['is loaded by its name', 'conftest.py', ''],
    ['lies in a package', 'pkg/b.py', ''],
    ['is no Python', 'data.json', ''],
    ['gold has too', 'tool.py', ''],
  ])('is none that %s', async (_, file, other) => {
    const sut = await treeOf({ ...FILES, [file]: 'x = 1\n', 'pkg/deep/other.py': other });
    expect(await isStrayScript(await treeOf(FILES), sut, file)).toBe(false);
  });

  it('is none that the candidate removed', async () => {
    const [gold, sut] = [await treeOf({ 'tool.py': '' }), await treeOf(FILES)];
    expect(await isStrayScript(gold, sut, 'reproduce_issue.py')).toBe(false);
  });
});
