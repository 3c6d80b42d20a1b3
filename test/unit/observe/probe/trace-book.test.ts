import { expect, it } from 'vitest';
import { TraceBook } from '../../../../src/observe/probe/trace-book.js';

it('keeps the names of each process apart from the numbers of the next', () => {
  const sut = new TraceBook();
  sut.define(0, ['m.py::a', 'm.py::b']);
  sut.addTest('t.py', 'one', [1]);
  sut.define(0, ['m.py::c']);
  sut.define(1, ['m.py::a']);
  sut.addTest('t.py', 'two', [1]);
  sut.addEverywhere([0]);
  expect(sut.enters('t.py', 'one', new Set(['m.py::b']))).toBe(true);
  expect(sut.enters('t.py', 'two', new Set(['m.py::a']))).toBe(true);
  expect(sut.enters('t.py', 'two', new Set(['m.py::b', 'm.py::c']))).toBe(false);
  expect(sut.enters('u.py', 'two', new Set(['m.py::a']))).toBeUndefined();
  expect([sut.isEverywhere('m.py::c'), sut.isEverywhere('m.py::a')]).toEqual([true, false]);
});

it('passes over numbers that were never named', () => {
  const sut = new TraceBook();
  sut.addTest('t.py', 'one', [7]);
  expect(sut.enters('t.py', 'one', new Set(['m.py::a']))).toBe(false);
});
