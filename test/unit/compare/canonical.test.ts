import { describe, expect, it } from 'vitest';
import { compareCanonical as sut } from '../../../src/compare/canonical.js';
import type { Canonical } from '../../../src/model/observation.js';
import { int, list, object, str } from '../../helpers/builders.js';

const opaque: Canonical = { t: 'opaque', type: 'x.Lock', why: 'C object' };
const endless: Canonical = { t: 'iterator', type: 'count', items: [int(0)], more: true };
const truncated: Canonical = { t: 'truncated', why: 'size' };
const set = (...items: Canonical[]): Canonical => ({ t: 'set', items });
const dict = (entries: [Canonical, Canonical][], ordered = false): Canonical => ({
  t: 'dict',
  ordered,
  entries,
});
const plain = (fields: Record<string, Canonical>, hidden?: Record<string, Canonical>): Canonical => ({
  t: 'object',
  type: 'pkg.Thing',
  public: fields,
  ...(hidden ? { private: hidden } : {}),
});
const kinds = (left: Canonical, right: Canonical) =>
  sut(left, right).differences.map(({ aspect, path }) => `${aspect} ${path}`);

describe('same', () => {
  it.each<[string, Canonical]>([
    ['NaN in a list', list({ t: 'float', v: 'nan' })],
    ['an object with state', plain({ a: list(int(1)) }, { _b: int(2) })],
    ['a cycle', list({ t: 'ref', n: 0 })],
  ])('%s equals itself', (_, value) => {
    expect(sut(value, structuredClone(value))).toMatchObject({ differences: [], unknowns: [] });
  });
});

describe('different', () => {
  it.each<[string, Canonical, Canonical, string[]]>([
    ['0.0 and -0.0', { t: 'float', v: '0.0' }, { t: 'float', v: '-0.0' }, ['value ']],
    ['True and 1', list({ t: 'bool', v: true }), list(int(1)), ['type [0]']],
    ['an enum member and an int', { t: 'enum', type: 'm.E', name: 'A' }, int(1), ['type ']],
    ['classes of one name in two modules', object('a.C', 'C'), object('b.C', 'C'), ['type ']],
    [
      'an enum that became a plain class',
      { t: 'enum', type: 'm.E', name: 'A' },
      object('m.E', 'A'),
      ['type '],
    ],
    ['lengths', list(int(1)), list(int(1), int(2)), ['value ']],
    ['members of a set', set(int(1), int(2)), set(int(1), int(3)), ['value ']],
    [
      'a key and a value',
      dict([[str('a'), int(1)]]),
      dict([[str('b'), int(1)]]),
      ["value ['a']", "value ['b']"],
    ],
    ['a nested value', plain({ a: list(int(1)) }), plain({ a: list(int(2)) }), ['value .a[0]']],
    [
      'an attribute named like an inherited one',
      plain({ constructor: int(1) }),
      plain({}),
      ['internal .constructor'],
    ],
    ['only private state', plain({}, { _a: int(1) }), plain({}, { _a: int(2) }), ['internal ._a']],
    ['repr', object('m.C', 'C(1)'), object('m.C', 'C(2)'), ['value  (repr)']],
    [
      'a shared list and an equal one',
      list(list(), { t: 'ref', n: 1 }),
      list(list(), list()),
      ['value [1] (sharing)'],
    ],
    [
      'the order of an OrderedDict',
      dict(
        [
          [str('a'), int(1)],
          [str('b'), int(2)],
        ],
        true,
      ),
      dict(
        [
          [str('b'), int(2)],
          [str('a'), int(1)],
        ],
        true,
      ),
      ['value  (order)'],
    ],
    [
      'where an iterator ends',
      { t: 'iterator', type: 'generator', items: [], more: false },
      { t: 'iterator', type: 'generator', items: [], more: true },
      ['value  (end)'],
    ],
  ])('%s', (_, left, right, expected) => {
    expect(kinds(left, right)).toEqual(expected);
  });
});

describe('unknown', () => {
  it.each<[string, Canonical, Canonical]>([
    ['an opaque value', list(opaque), list(opaque)],
    ['an opaque value against a readable one', opaque, int(1)],
    ['an opaque member of a set', set(opaque), set(int(1))],
    ['what lies behind the budget', list(int(1), truncated), list(int(1), int(2), int(3))],
    ['iterators that go on', endless, endless],
  ])('%s', (_, left, right) => {
    const { differences, unknowns } = sut(left, right);
    expect(differences).toEqual([]);
    expect(unknowns).toHaveLength(1);
  });
});

it('keeps a definite difference beside something unreadable', () => {
  const { differences, unknowns } = sut(list(opaque, int(1)), list(opaque, int(2)));
  expect(differences).toHaveLength(1);
  expect(unknowns).toHaveLength(1);
});
