import { describe, expect, it } from 'vitest';
import { boundNames, freeNames } from '../../../src/python/names.js';

describe('freeNames', () => {
  it.each([
    ['a call', 'f(x, key=y).attr[z]', 'f x y z'],
    ['a name bound before', 'x = 1\ny = x\nz', 'z'],
    ['a name bound after', 'x = x + 1', 'x'],
    ['a comprehension', '[a + b for a in xs if a > c for b in a]', 'c xs'],
    ['the first source of a comprehension', '[x for x in x]', 'x'],
    ['a walrus in a comprehension', '[y for x in xs if (y := x)]\ny', 'xs'],
    ['a lambda', 'g = lambda a, *b, c=d, **e: a + b + c + e + h', 'd h'],
    [
      'a function',
      'def f(a: T = d, *, k) -> R:\n  b = a\n  return b + k + later + f(n)\nlater = 1',
      'R T d n',
    ],
    [
      'decorators and bases',
      '@deco(arg)\nclass A(Base, metaclass=M):\n  x = y\n  def m(self):\n    return x',
      'Base M arg deco x y',
    ],
    ['class scope, not seen from methods', 'class A:\n  v = 1\n  w = v\n  def m(self): return v', 'v'],
    [
      'global and nonlocal',
      'def f():\n  global g\n  n = 1\n  def h():\n    nonlocal n\n    n = g\n  return h',
      'g',
    ],
    ['imports', 'import a.b, c as d\nfrom e import f as g, h\na, d, g, h, e', 'e'],
    [
      'loops and with',
      'for i, (j, *k) in items:\n  i, j, k\nwith open(p) as q, (r) as s:\n  q, s',
      'items open p r',
    ],
    ['except', 'try:\n  pass\nexcept E as e:\n  e', 'E'],
    [
      'match',
      'match v:\n  case P(x=1, y=[a, *b]) | {"k": c, **d} if g:\n    a, b, c, d\n  case mod.C as w:\n    w',
      'P g mod v',
    ],
    ['f-strings', 'f"{a!r:>{w}} {b.c}"', 'a b w'],
    ['attribute targets', 'a.b = c\nd[e] = f', 'a c d e f'],
    ['augmented assignment', 'n += 1', 'n'],
    ["Python 2's print", 'print x, f(y)', 'f x y'],
    ['non-ASCII names', 'é = 1\né + ü', 'ü'],
  ])('finds those of %s', (_, source, names) => {
    expect([...freeNames(source)].sort().join(' ')).toBe(names);
  });

  it('survives a sum of twenty thousand terms', () => {
    expect([...freeNames(Array(20_000).fill('x').join(' + '))]).toEqual(['x']);
  });
});

describe('boundNames', () => {
  it('finds top-level bindings only, in conditions too', () => {
    const source =
      'import a.b\nif c:\n  d = 1\nelse:\n  def e(): f = 2\nclass G:\n  h = 3\nfor i in j: pass\n';
    expect([...boundNames(source)].sort()).toEqual(['G', 'a', 'd', 'e', 'i']);
  });

  it('counts a global declared in a function', () => {
    expect([...boundNames('def f():\n  global g\n  g = 1\n')].sort()).toEqual(['f', 'g']);
  });
});
