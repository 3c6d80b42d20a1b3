import { describe, expect, it } from 'vitest';
import { findDefinitions } from '../../../src/python/definitions.js';
import type { Definition } from '../../../src/model/target.js';

const find = (source: string): Map<string, Definition> =>
  new Map(findDefinitions('m.py', source).map((definition) => [definition.qualname, definition]));

const tokens = (source: string, qualname: string): string | undefined => find(source).get(qualname)?.tokens;

describe('findDefinitions', () => {
  it('finds functions, methods, nested and conditional ones, classes and the module', () => {
    const sut = find(`
import x
if x:
    def f(): pass
else:
    try:
        class A(B):
            def m(self):
                def inner(): pass
            class N:
                def k(self): pass
    except E:
        async def g(): pass
`);
    expect([...sut].map(([qualname, { kind }]) => `${kind} ${qualname}`)).toEqual([
      'module <module>',
      'function f',
      'class A',
      'method A.m',
      'function A.m.inner',
      'class A.N',
      'method A.N.k',
      'function g',
    ]);
  });

  it('describes parameters as written', () => {
    const { parameters } = find('def f(a, /, b: int = 1, *args, c, d: str = "x", **kw): pass').get('f')!;
    expect(parameters).toEqual([
      { name: 'a', kind: 'positional' },
      { name: 'b', kind: 'positional', defaultText: '1' },
      { name: 'args', kind: 'var-positional' },
      { name: 'c', kind: 'keyword-only' },
      { name: 'd', kind: 'keyword-only', defaultText: '"x"' },
      { name: 'kw', kind: 'var-keyword' },
    ]);
  });

  it('gives lines with decorators, decorators, and the docstring unquoted and dedented', () => {
    const sut = find(
      '\n@deco(1)\n@other\ndef f():\n    r"""First\n\n    >>> f()\n      2\n    """\n    return 1\n',
    ).get('f')!;
    expect(sut).toMatchObject({ startLine: 2, endLine: 10, decorators: ['deco(1)', 'other'] });
    expect(sut.docstring).toBe('First\n\n>>> f()\n  2');
  });

  it('merges a property with its setter', () => {
    const source = (body: string) =>
      `class A:\n    @property\n    def p(self): return 1\n    @p.setter\n    def p(self, v): ${body}\n`;
    const sut = find(source('pass')).get('A.p')!;
    expect(sut.parameters.map(({ name }) => name)).toEqual(['self']);
    expect(sut.decorators).toEqual(['property', 'p.setter']);
    expect(sut.tokens).not.toBe(tokens(source('self.v = v'), 'A.p'));
  });
});

describe('tokens', () => {
  it.each([
    [
      'comments and blank lines',
      'def f():\n    return g(1, 2)',
      'def f():  # c\n\n    # d\n    return g(1,  2)\n',
    ],
    ['docstrings', 'def f():\n    return 1', 'def f():\n    """Doc."""\n    return 1'],
    ['line breaks in parentheses', 'def f():\n  return g(1, 2)', 'def f():\n  return g(1,\n     2)'],
    ['backslash continuation', 'def f():\n  return 1 + 2', 'def f():\n  return 1 + \\\n     2'],
    ['indentation width and CRLF', 'def f():\n  if a:\n    b', 'def f():\r\n\tif a:\r\n\t\t\tb\r\n'],
    ['semicolons', 'def f():\n  a()\n  b()', 'def f(): a(); b()'],
  ])('drop %s', (_, left, right) => {
    expect(tokens(left, 'f')).toBe(tokens(right, 'f'));
  });

  it.each([
    ['block structure', 'def f():\n  if a:\n    x\n    y', 'def f():\n  if a:\n    x\n  y'],
    ['statement ends', 'def f():\n  a\n  (b)', 'def f():\n  a(b)'],
    ['spaces in strings', 'def f(): return "a b"', 'def f(): return "a  b"'],
    ['escapes in strings', 'def f(): return "a\\nb"', 'def f(): return "a\\tb"'],
    ['f-strings', 'def f(): return f"{a} b"', 'def f(): return f"{a} c"'],
    ['decorators', '@a\ndef f(): pass', '@b\ndef f(): pass'],
    ['defaults', 'def f(a=1): pass', 'def f(a=2): pass'],
  ])('keep %s', (_, left, right) => {
    expect(tokens(left, 'f')).not.toBe(tokens(right, 'f'));
  });

  it('leave inner definitions to themselves', () => {
    const source = (value: number) =>
      `class A:\n  x = 1\n  def m(self):\n    def i(): return ${value}\n    return i\n`;
    for (const qualname of ['<module>', 'A', 'A.m']) {
      expect(tokens(source(1), qualname)).toBe(tokens(source(2), qualname));
    }
    expect(tokens(source(1), 'A.m.i')).not.toBe(tokens(source(2), 'A.m.i'));
  });

  it('of a class are its own statements and bases; of a module, its top-level statements', () => {
    expect(tokens('class A(B):\n  x = 1', 'A')).not.toBe(tokens('class A(C):\n  x = 1', 'A'));
    expect(tokens('class A:\n  x = 1', 'A')).not.toBe(tokens('class A:\n  x = 2', 'A'));
    expect(tokens('"doc"\nx = 1\ndef f(): pass', '<module>')).toBe(tokens('x = 1', '<module>'));
  });
});
