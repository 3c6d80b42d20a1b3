import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeDifference, showsDocumentation } from '../../../src/change/identical.js';
import { treeOf } from '../../helpers/trees.js';

/** The difference between two versions of one Python file. */
const between = async (gold: string, candidate: string) =>
  codeDifference(await treeOf({ 'a.py': gold }), await treeOf({ 'a.py': candidate }), ['a.py']);

describe(codeDifference, () => {
  it('compares other files by their bytes, and files that one side lacks never equal', async () => {
    const gold = await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x' });
    const files = ['a.py', 'b.txt', 'none'];
    expect(await codeDifference(gold, await treeOf({ 'a.py': 'x  =  1\n', 'b.txt': 'x' }), files)).toBe(
      'nothing',
    );
    expect(await codeDifference(gold, await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x ' }), files)).toBe('code');
    expect(await codeDifference(gold, await treeOf({ 'a.py': 'x = 1' }), files)).toBe('code');
  });

  it('tells docstrings apart from comments', async () => {
    expect(await between('def f():\n    return 1\n', '# c\ndef f():\n    return 1\n')).toBe('nothing');
    expect(await between('def f():\n    """A."""\n    return 1\n', 'def f():\n    return 1\n')).toBe(
      'documentation',
    );
  });

  it.each([
    [
      'a coding line behind a long comment',
      `# ${'x'.repeat(1100)}\n# coding: raw-unicode-escape\nx = 1\n# \\u000ay = 2\n`,
    ],
    ['an encoding in which comments can hold line ends', '# coding: utf-7\nx = 1\n'],
    ['a carriage return, which ends a comment', 'x = 1\n# harmless\ry = 2\n'],
  ])('reads a file as the interpreter does: %s', async (_, candidate) => {
    expect(await between('x = 1\n', candidate)).toBe('code');
  });

  it('follows a link to where the interpreter does', async () => {
    const [gold, candidate] = [await treeOf({ 'a.py': 'x = 1' }), await treeOf({ 'b.py': 'x = 2' })];
    await symlink('b.py', path.join(candidate, 'a.py'));
    expect(await codeDifference(gold, candidate, ['a.py'])).toBe('code');
  });
});

describe(showsDocumentation, () => {
  it('finds code that reads docstrings, in tests too', async () => {
    expect(await showsDocumentation(await treeOf({ 'a.py': 'x = 1' }))).toBe(false);
    expect(await showsDocumentation(await treeOf({ 'a.py': 'x', 'tests/test_a.py': 'f.__doc__' }))).toBe(
      true,
    );
  });
});
