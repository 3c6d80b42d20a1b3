import { describe, expect, it } from 'vitest';
import { areEquivalent } from '../../../src/python/equivalence.js';

describe(areEquivalent, () => {
  it.each([
    [
      'comments, docstrings and layout',
      'def f(a):\n  "D."\n  return g(a, 1)  # c',
      '# d\ndef f(a):\n\n    return g(a,\n             1)\n',
    ],
    ['quotes', 'x = \'a\' + u"b" + """c"""', "x = \"a\" + 'b' + 'c'"],
    [
      'parentheses',
      'def f(a):\n  return (a) + (b * c) if (not a) else (yield)',
      'def f(a):\n  return a + b * c if not a else (yield)',
    ],
    [
      'tuples with and without parentheses',
      'for (i, j) in x:\n  a, = i, j\n  del (a)',
      'for i, j in x:\n  (a,) = (i, j)\n  del a',
    ],
    [
      'last commas',
      'from m import (a, b,)\nf(a, b,)\ndef g(a, b,): return [a, b,], {a: b,}',
      'from m import a, b\nf(a, b)\ndef g(a, b): return [a, b], {a: b}',
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
    expect(areEquivalent(left, right)).toBe(true);
  });

  it.each([
    ['precedence', 'x = (a + b) * c', 'x = a + b * c'],
    ['a chain of comparisons', 'x = (a < b) < c', 'x = a < b < c'],
    ['a power of a sign', 'x = (-a) ** 2', 'x = -a ** 2'],
    ['a tuple', 'x = (a,)', 'x = (a)'],
    ['a tuple as an index', 'x[a,]', 'x[a]'],
    ['a tuple as an argument', 'f((a, b))', 'f(a, b)'],
    ['bytes', "x = b'a'", "x = 'a'"],
    ['an escape', "x = r'\\n'", "x = '\\n'"],
    ['text that an f-string prints', "x = f'{(a)=}'", "x = f'{a=}'"],
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
    expect(areEquivalent(left, right)).toBe(false);
  });
});
