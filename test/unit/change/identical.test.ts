import { describe, expect, it } from 'vitest';
import { codeDifference } from '../../../src/change/identical.js';
import { treeOf } from '../../helpers/trees.js';

describe(codeDifference, () => {
  it('compares other files by their bytes, and files that one side lacks never equal', async () => {
    const gold = await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x' });
    expect(
      await codeDifference(gold, await treeOf({ 'a.py': 'x  =  1\n', 'b.txt': 'x' }), ['a.py', 'b.txt', 'none']),
    ).toBe('nothing');
    expect(await codeDifference(gold, await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x ' }), ['a.py', 'b.txt'])).toBe(
      'code',
    );
    expect(await codeDifference(gold, await treeOf({ 'a.py': 'x = 1' }), ['a.py', 'b.txt'])).toBe('code');
  });
});
