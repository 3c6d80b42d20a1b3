import { expect, it } from 'vitest';
import { renderCanonical, renderObservation, renderOutcome } from '../../../src/compare/render.js';
import type { Canonical } from '../../../src/model/observation.js';
import { anObservation, answered, int, list, object, raised, str } from '../../helpers/builders.js';

it.each<[Canonical, string]>([
  [list(int(1), str('a')), "[1, 'a']"],
  [object('m.C', 'C(1)'), 'C(1)'],
  [{ t: 'object', type: 'm.C', public: { a: int(1) } }, 'C(a=1)'],
  [{ t: 'enum', type: 'm.Colour', name: 'RED' }, 'Colour.RED'],
  [{ t: 'subclass', type: 'm.Pair', base: list(int(1)), public: {} }, 'Pair([1])'],
  [{ t: 'dict', ordered: false, entries: [[int(1), int(2)]] }, '{1: 2}'],
  [{ t: 'iterator', type: 'generator', items: [int(1)], more: true }, 'generator of [1, ...]'],
  [{ t: 'array', dtype: '|b1', shape: [2], data: '0100' }, 'array([True, False], dtype=|b1, shape=(2))'],
  [{ t: 'array', dtype: '<f8', shape: [1], data: '000000000000f03f' }, 'array([1.0], dtype=<f8, shape=(1))'],
  [{ t: 'array', dtype: '<M8[D]', shape: [], data: '00' }, 'array(dtype=<M8[D], shape=(), data=00)'],
  [{ t: 'opaque', type: 'm.Lock', why: 'foreign' }, '<Lock, not readable: foreign>'],
])('%j', (value, expected) => {
  expect(renderCanonical(value)).toBe(expected);
});

it('stays on one line of the given length', () => {
  expect(renderCanonical(object('m.C', 'a\n b'), 10)).toBe('a b');
  expect(renderCanonical(str('x'.repeat(50)), 10)).toBe("'xxxxxx...");
});

it('renders outcomes, then output and warnings', () => {
  expect(renderOutcome(raised('ValueError', 'no').outcome)).toBe('raises ValueError: no');
  expect(renderOutcome(anObservation({ kind: 'crashed', signal: 11 }).outcome)).toContain('signal 11');
  const warnings = [{ category: 'builtins.UserWarning', message: 'w' }];
  expect(renderObservation(answered(int(1), { stdout: 'a\n', warnings }))).toBe(
    String.raw`1; prints 'a\n'; warns UserWarning: w`,
  );
});
