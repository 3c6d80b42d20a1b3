import { describe, expect, it } from 'vitest';
import { inputsOfSeed } from '../../../src/inputs/observables.js';
import type { Seed } from '../../../src/model/input.js';

const seedOf = (...statements: string[]): Seed => ({
  id: 's',
  origin: 'test',
  label: 'test_x',
  prelude: 'from m import *',
  setUp: [],
  statements,
});

const sources = (...statements: string[]): string[] =>
  inputsOfSeed(seedOf(...statements)).map(({ source }) => source);

describe('inputsOfSeed', () => {
  it('observes both sides of an assertion and the comparison itself', () => {
    expect(sources('assert f(1) == g(2)')).toEqual(['f(1)', 'g(2)', 'f(1) == g(2)']);
  });

  it('leaves bare names and literals alone', () => {
    expect(sources('assert f(x) == 3', 'assert y')).toEqual(['f(x)', 'f(x) == 3']);
  });

  it('runs what later statements need before them, without the assertions', () => {
    const inputs = inputsOfSeed(seedOf('x = make()', 'assert x.ready()', 'x.close()'));
    expect(inputs.map(({ prefix, source }) => [prefix, source])).toEqual([
      [[], 'make()'],
      [['x = make()'], 'x.ready()'],
      [['x = make()'], 'x.close()'],
    ]);
  });

  it('observes nested calls, but not where they use names of a lambda or comprehension', () => {
    expect(sources('str(f(1))')).toEqual(['str(f(1))', 'f(1)']);
    expect(sources('total([f(i) for i in r()])')).toEqual(['total([f(i) for i in r()])', 'r()']);
  });

  it('keeps what a test asserts about a block as a whole', () => {
    const block = "with self.assertAdds('x'):\n    self.run(code)";
    expect(sources(block)).toContain(block);
  });

  it('takes the arguments of unittest assertions and does not run the assertion', () => {
    const inputs = inputsOfSeed(seedOf('self.assertEqual(f(1), 2)', 'h()'));
    expect(inputs.map(({ prefix, source }) => [prefix, source])).toEqual([
      [[], 'f(1)'],
      [[], 'h()'],
    ]);
  });

  it('observes the body of a loop for the first item', () => {
    expect(sources('for i in [1, 2]:\n    assert f(i) == i')).toEqual([
      'i = next(iter([1, 2]))\nf(i)',
      'i = next(iter([1, 2]))\nf(i) == i',
      'for i in [1, 2]:\n    (f(i) == i)',
    ]);
  });

  it('observes a block whole, with what its assertions are about in their place', () => {
    expect(sources('for i in r():\n    f(i)')).toContain('for i in r():\n    f(i)');
    expect(sources('for i in r():\n    assert f(i) == 2, i')).toContain('for i in r():\n    (f(i) == 2)');
    expect(sources('while g():\n    self.assertEqual(f(1), second=2)')).toContain(
      'while g():\n    (f(1), 2)',
    );
  });

  it('does not observe a block whole that expects an exception inside', () => {
    expect(sources('if f():\n    with pytest.raises(E):\n        g()')).toEqual([]);
  });

  it('observes the body of a `with` from inside, the managers entered and held', () => {
    const inputs = sources('with muted(signal) as m, lock:\n    x = m.send()\n    assert x == []');
    expect(inputs).toContain(
      'manager_1 = muted(signal)\nm = manager_1.__enter__()\nmanager_2 = lock\nmanager_2.__enter__()\nm.send()',
    );
    expect(inputs.at(-1)).toBe('with muted(signal) as m, lock:\n    x = m.send()\n    (x == [])');
  });

  it('does not open an asynchronous `with`', () => {
    expect(sources('async with a() as b:\n    b.c()')).toEqual(['async with a() as b:\n    b.c()']);
  });

  it('runs the set-up of a seed before everything, and does not observe it', () => {
    const inputs = inputsOfSeed({ ...seedOf('f(self.x)'), setUp: ['self = T()', 'self.x = g(1)'] });
    expect(inputs.map(({ prefix, source }) => [prefix, source])).toEqual([
      [['self = T()', 'self.x = g(1)'], 'f(self.x)'],
    ]);
  });

  it('looks inside a block that expects an exception, and at membership', () => {
    expect(sources('with self.assertRaises(ValueError):\n    f(1)')).toEqual(['f(1)']);
    expect(sources('self.assertNotIn("a", box)')).toEqual(['"a" in box']);
  });

  it('moves the rest of an indented block to the margin', () => {
    const body = 'for i in r():\n    if i:\n        f(i)\n    else:\n        g(i)';
    expect(sources(body)).toContain('i = next(iter(r()))\nif i:\n    f(i)\nelse:\n    g(i)');
  });

  it('puts a multi-line expression in parentheses', () => {
    expect(sources('assert f(1,\n  2) == 3')[0]).toBe('(f(1,\n  2))');
  });
});
