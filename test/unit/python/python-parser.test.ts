import { describe, expect, it } from 'vitest';
import { loadParser, parsePython } from '../../../src/python/python-parser.js';
import { partsOf } from '../../../src/python/syntax.js';

describe('parsePython', () => {
  it('parses sources far above the size limit of the addon', () => {
    const sut = parsePython('x = f("é", 1)\n'.repeat(40_000));
    expect(sut.source.length).toBeGreaterThan(500_000);
    expect(partsOf(sut)).toHaveLength(40_000);
    expect(sut.hasError).toBe(false);
  });

  it('counts offsets as JavaScript does, whatever the characters', () => {
    const sut = parsePython('x = "héé 😀"\nfoo(1)\n');
    expect(partsOf(sut).map((node) => node.text)).toEqual(['x = "héé 😀"', 'foo(1)']);
  });

  it('reads a character that straddles two chunks', () => {
    const sut = parsePython(`${'a'.repeat(16 * 1024 - 6)} = "😀"\nlast(1)\n`);
    expect(sut.hasError).toBe(false);
    expect(
      partsOf(sut)
        .map((node) => node.text)
        .at(-1),
    ).toBe('last(1)');
  });

  it.each([
    ['tabs', 'if x:\n\ty = 1\n\tz = 2\n'],
    ['CRLF', 'if x:\r\n    y = 1\r\n    z = 2\r\n'],
    ['a walrus', 'if (y := x) > 2:\n  z = y\n'],
    ['match', 'match x:\n  case [1, *rest]:\n    pass\n'],
    ['stars', 'a, *b = c\nf(*a, **b)\n'],
    ['type hints', 'def f(a: int = 1, /, *, b: "T") -> None: ...\n'],
    ["Python 2's print", 'print x, y\n'],
  ])('parses %s', (_, source) => {
    expect(parsePython(source).hasError).toBe(false);
  });

  it('marks errors from the broken node up to the root, and nowhere else', () => {
    const sut = parsePython('fine(1)\nx = = 2\n');
    expect(sut.hasError).toBe(true);
    const fine = [...sut.walk()].find((node) => node.type === 'call');
    expect(fine?.hasError).toBe(false);
  });

  it('names parent and field of a node', () => {
    const call = [...parsePython('f(x)').walk()].find((node) => node.type === 'call');
    expect(call?.children.map((child) => child.field)).toEqual(['function', 'arguments']);
    expect(call?.parent?.type).toBe('expression_statement');
  });
});

describe('loadParser', () => {
  it('says in one sentence that the addon is missing', () => {
    const load = (): never => {
      throw new Error('no native build was found');
    };
    expect(() => loadParser(load)).toThrow(
      expect.objectContaining({
        code: 'tree-sitter-unavailable',
        message: expect.stringContaining('native addon') as string,
      }),
    );
  });
});
