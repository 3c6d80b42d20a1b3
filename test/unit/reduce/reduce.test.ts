import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/python/python-parser.js';
import { reductions as sut } from '../../../src/reduce/reduce.js';
import { isSmaller, sizeOf } from '../../../src/reduce/token-size.js';
import type { Input } from '../../../src/model/input.js';
import { anInput } from '../../helpers/builders.js';

const mutant = (source: string, overrides: Partial<Input> = {}) =>
  anInput(source, { mutations: ['literal'], generator: 'mutation', ...overrides });
const sources = (input: Input) => sut(input).map(({ source }) => source);

describe('what people wrote', () => {
  it('loses what surrounds an expression but keeps its inside', () => {
    expect(sources(anInput('g(f(x, 10), y.z)'))).toEqual(['f(x, 10)', 'y.z']);
  });

  it('loses statements that nothing needs, never one that the rest needs', () => {
    const input = anInput('f(a)', { prefix: ['a = 1', 'b = 2', 'c = b', 'g()'] });
    const prefixes = sut(input).map(({ prefix }) => prefix);
    expect(prefixes[0]).toEqual(['a = 1']);
    expect(prefixes).toContainEqual(['a = 1', 'b = 2', 'c = b']);
    expect(prefixes).not.toContainEqual(['b = 2', 'c = b', 'g()']);
    expect(prefixes).not.toContainEqual(['a = 1', 'c = b', 'g()']);
  });

  it('loses prelude and imported names that nothing needs', () => {
    const prelude = 'import os\nfrom m import (f,\n    g as h, k)\ndef unused():\n    return os';
    const [first] = sut(anInput('h(f)', { prelude }));
    expect(first?.prelude).toBe('from m import f, g as h');
  });

  it('takes no sub-expression out of the scope that binds its names', () => {
    expect(sources(anInput('f([g(i) for i in y.z])'))).toEqual(['[g(i) for i in y.z]']);
  });
});

it('never ends at an address, which no two runs share', () => {
  expect(sources(mutant('isinstance(hash(f()), int)'))).toContain('f()');
  expect(sources(mutant('isinstance(hash(f()), int)'))).not.toContain('hash(f())');
});

describe('mutants', () => {
  it.each([
    ['f(a, b)', ['f(b)', 'f(a)', 'a', 'b']],
    ['[1, 2]', ['[2]', '[1]']],
    ['{1: 2}', ['{}']],
    ['f(12345)', ['f()', 'f(0)', 'f(1)', 'f(123)']],
    ["f('hello')", ["f('')", "f('a')", "f('hel')"]],
    ['f((a + b) * c)', ['f((a + b))', 'f(c)', 'f((a) * c)', 'f((b) * c)']],
    ['x.y.f(k=1)', ['x.y.f()', 'x.y']],
  ])('%s', (source, expected) => {
    expect(sources(mutant(source))).toEqual(expect.arrayContaining(expected));
  });
});

it.each([
  anInput('a'),
  mutant('f(-x, *y, **z)[1:2] if not a else lambda: b', {
    prefix: ['x = 1', 'y = x', 'z = {}', 'a = b = 0'],
  }),
  mutant("x = f('a' 'b')\nx.y = {1, 2}\ng((1,), {'k': [1.5]}).h", {
    prelude: 'from m import *\nfrom n import f',
  }),
])('every reduction parses, is strictly smaller, new, and of a steady order ($source)', (input) => {
  const reduced = sut(input);
  const size = sizeOf(input)!;
  for (const one of reduced) {
    expect(isSmaller(sizeOf(one)!, size)).toBe(true);
    for (const code of [one.prelude, ...one.prefix, one.source])
      expect(parsePython(code).hasError).toBe(false);
  }
  const ids = reduced.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(sut(input).map(({ id }) => id)).toEqual(ids);
});

it('offers nothing for what does not parse', () => {
  expect(sut(anInput('f('))).toEqual([]);
});
