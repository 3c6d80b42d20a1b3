import { expect, it } from 'vitest';
import { Relevance } from '../../../src/python/relevance.js';

const sut = (prefix: string[], source: string) => new Relevance().statements({ prefix, source });

it('keeps what binds or changes what is observed, and what that needs in turn', () => {
  const prefix = ['raw = io.BytesIO(b"x")', 'other = 3', 'r = Response()', 'r.raw = raw', 'print(other)'];
  expect(sut(prefix, 'r.read()')).toEqual(['raw = io.BytesIO(b"x")', 'r = Response()', 'r.raw = raw']);
});

it('forgets what was done to a variable before it had a new value', () => {
  const prefix = ['r = Response()', 'r._content = b"x"', 'r = Response()', 'r.encoding = "ascii"'];
  expect(sut(prefix, 'r.read()')).toEqual(prefix.slice(2));
  expect(sut(['x = 1', 'x = x + 1'], 'x')).toEqual(['x = 1', 'x = x + 1']);
  expect(sut(['x = 1', 'x += 1'], 'x')).toEqual(['x = 1', 'x += 1']);
  expect(sut(['x = [1]', 'x[0] = 2'], 'x')).toEqual(['x = [1]', 'x[0] = 2']);
});

it('does not tie statements together by modules and builtins that they all use', () => {
  expect(sut(['requests.get(len(a))', 'r = requests.Response()'], 'len(r)')).toEqual([
    'r = requests.Response()',
  ]);
});

it('keeps functions, imports and blocks that are needed', () => {
  const [g, f] = ['def g(x):\n    return x', 'def f(x):\n    return g(x)'];
  const prefix = ['import io', g, f, 'for i in range(3):\n    y = i'];
  expect(sut(prefix, 'f(y)')).toEqual(prefix.slice(1));
});
