import { describe, expect, it } from 'vitest';
import { sameCode, samePython } from '../../../src/analysis/identical.js';
import { treeOf } from './trees.js';

describe('samePython', () => {
  it.each([
    [
      'comments, docstrings and layout',
      'def f(a):\n  "D."\n  return g(a, 1)  # c',
      '# d\ndef f(a):\n\n    return g(a,\n             1)\n',
    ],
    ['a renamed variable', 'def f(a):\n  b = a\n  return b', 'def f(a):\n  c = a\n  return c'],
    [
      'renamed loop, with and except variables',
      'def f():\n  for i, (j, *k) in x: print(i, j, k)\n  with o() as h: h\n  try: p\n  except E as e: e',
      'def f():\n  for q, (r, *s) in x: print(q, r, s)\n  with o() as t: t\n  try: p\n  except E as u: u',
    ],
    ['a renamed comprehension variable', 'x = [a for a in y]', 'x = [b for b in y]'],
    [
      'a variable of an inner function',
      'def f():\n  a = 1\n  def g():\n    nonlocal a\n    a += 1\n  return g',
      'def f():\n  b = 1\n  def g():\n    nonlocal b\n    b += 1\n  return g',
    ],
    [
      'swapped names',
      'def f():\n  a = 1\n  b = 2\n  return a - b',
      'def f():\n  b = 1\n  a = 2\n  return b - a',
    ],
  ])('sees through %s', (_, left, right) => {
    expect(samePython(left, right)).toBe(true);
  });

  it.each([
    ['another variable', 'def f():\n  a = 1\n  b = 2\n  return a', 'def f():\n  a = 1\n  b = 2\n  return b'],
    ['a parameter', 'def f(a): return a', 'def f(b): return b'],
    ['a global', 'def f():\n  global a\n  a = 1', 'def f():\n  global b\n  b = 1'],
    ['a module variable', 'a = 1', 'b = 1'],
    ['an attribute', 'def f():\n  a.x = 1', 'def f():\n  a.y = 1'],
    ['a keyword', 'def f():\n  a = 1\n  g(a=a)', 'def f():\n  b = 1\n  g(b=b)'],
    ['a local that shadows a global', 'def f():\n  a = 1\n  return a, b', 'def f():\n  b = 1\n  return b, b'],
    [
      'names seen by locals()',
      'def f():\n  a = 1\n  return locals()',
      'def f():\n  b = 1\n  return locals()',
    ],
    [
      'names printed by an f-string',
      'def f():\n  a = 1\n  return f"{a=}"',
      'def f():\n  b = 1\n  return f"{b=}"',
    ],
    ['an inner function', 'def f():\n  def a(): pass\n  return a', 'def f():\n  def b(): pass\n  return b'],
    ['something that does not parse', 'def f(:\n  pass', 'def f(:\n  pass  # c'],
  ])('does not see through %s', (_, left, right) => {
    expect(samePython(left, right)).toBe(false);
  });
});

describe('sameCode', () => {
  it('compares other files by their bytes, and files that one side lacks never equal', async () => {
    const gold = await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x' });
    expect(
      await sameCode(gold, await treeOf({ 'a.py': 'x  =  1\n', 'b.txt': 'x' }), ['a.py', 'b.txt', 'none']),
    ).toBe(true);
    expect(await sameCode(gold, await treeOf({ 'a.py': 'x = 1', 'b.txt': 'x ' }), ['a.py', 'b.txt'])).toBe(
      false,
    );
    expect(await sameCode(gold, await treeOf({ 'a.py': 'x = 1' }), ['a.py', 'b.txt'])).toBe(false);
  });
});
