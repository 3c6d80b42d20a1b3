import { expect, it } from 'vitest';
import { literalOf as sut } from '../../../src/python/literal.js';
import type { Canonical } from '../../../src/model/observation.js';
import { int, list, object, str } from '../../helpers/builders.js';

it.each<[Canonical, string | null]>([
  [{ t: 'none' }, 'None'],
  [{ t: 'bool', v: false }, 'False'],
  [{ t: 'int', v: '-12345678901234567890' }, '-12345678901234567890'],
  [{ t: 'float', v: '-0.0' }, '-0.0'],
  [{ t: 'float', v: '-inf' }, "float('-inf')"],
  [{ t: 'float', v: 'nan' }, null],
  [{ t: 'complex', re: '0.0', im: '-1.0' }, 'complex(0.0, -1.0)'],
  [str(`a'"\\\n\t\0\x7f`), String.raw`'a\'"\\\n\t\x00\x7f'`],
  [str('\u0080\u00e9\u20ac\ud83d\ude00\udc80'), String.raw`'\u0080\u00e9\u20ac\U0001f600\udc80'`],
  [{ t: 'bytes', v: '6127ff0a' }, String.raw`b'a\'\xff\n'`],
  [{ t: 'bytearray', v: '61' }, "bytearray(b'a')"],
  [{ t: 'tuple', items: [int(1)] }, '(1,)'],
  [{ t: 'tuple', items: [] }, '()'],
  [{ t: 'set', items: [] }, 'set()'],
  [{ t: 'frozenset', items: [int(1)] }, 'frozenset({1})'],
  [{ t: 'dict', ordered: false, entries: [[str('a'), list()]] }, "{'a': []}"],
  [{ t: 'dict', ordered: true, entries: [] }, null],
  [list(int(1), object('m.C', 'C')), null],
  [{ t: 'singleton', v: 'Ellipsis' }, 'Ellipsis'],
])('%j', (value, expected) => {
  expect(sut(value)).toBe(expected);
});
