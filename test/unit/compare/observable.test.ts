import { describe, expect, it } from 'vitest';
import { compareCanonical } from '../../../src/compare/canonical.js';
import { compareObservations } from '../../../src/compare/compare.js';
import { steadySides } from '../../../src/compare/steady.js';
import { textAspect } from '../../../src/compare/texts.js';
import type { Canonical } from '../../../src/model/observation.js';
import { answered, int } from '../../helpers/builders.js';

type ObjectForm = Extract<Canonical, { t: 'object' }>;

const text = (v: string): Canonical => ({ t: 'str', v });
const float = (v: string): Canonical => ({ t: 'float', v });
const object = (type: string, parts: Partial<ObjectForm> = {}): Canonical => ({
  t: 'object',
  type,
  public: {},
  ...parts,
});
const callable = (type: string): Canonical => object(type, { calls: true });
const named = (v: string): Canonical => ({ t: 'name', kind: 'function', v });
const aspects = (left: Canonical, right: Canonical): string[] =>
  compareCanonical(left, right).differences.map(({ aspect }) => aspect);

describe('a text', () => {
  const trace = (frames: string) => `Traceback (most recent call last):\n${frames}ZeroDivisionError: no\n`;
  const frame = (line: number, name: string) =>
    `  File "<root>/m.py", line ${line}, in ${name}\n    work()\n`;

  it.each([
    ['the line of a frame', trace(frame(6, 'run')), trace(frame(7, 'run'))],
    ['other frames', trace(frame(6, 'run')), trace(frame(9, 'run') + frame(3, '_help'))],
    ['a line by its number', 'failed at line 6', 'failed at line 12'],
    ['a line of a file', '<root>/pkg/m.py:6: note', '<root>/pkg/m.py:61: note'],
    ['a line as an attribute', "{'lineno': 3, 'a': 1}", "{'lineno': 4, 'a': 1}"],
    [
      'the name of an inner function',
      '<function f.<locals>.g at 0x...>',
      '<function _f.<locals>.<lambda> at 0x...>',
    ],
    ['the class of an object', '1: <pkg.m._Note object at 0x...>', '1: <pkg.m._Remark object at 0x...>'],
    ['the order of a set', "got {'a', 'b'}", "got {'b', 'a'}"],
    ['the order of a dictionary', "{'a': {2, 1}, 'b': (1, 2)}", "{'b': (1, 2), 'a': {1, 2}}"],
  ])('differs in its form only by %s', (_, left, right) => {
    expect([textAspect(left, right), textAspect(right, left)]).toEqual(['formatting', 'formatting']);
  });

  it.each([
    ['another exception', trace(frame(6, 'run')), trace(frame(6, 'run')).replace('Zero', 'Other')],
    ['another member', '{1, 2}', '{1, 3}'],
    ['the order of a tuple in a set', '{(1, 2)}', '{(2, 1)}'],
    ['the order of a list', '[1, 2]', '[2, 1]'],
    ['the order of an OrderedDict', "OrderedDict({'a': 1, 'b': 2})", "OrderedDict({'b': 2, 'a': 1})"],
    ['an index of LaTeX', 'x_{i, j}', 'x_{j, i}'],
    ['an initialiser of C', 'int a[] = {1, 2};', 'int a[] = {2, 1};'],
    ['a count', '3 lines', '4 lines'],
    ['another path', '<tmp>/a.txt', '<tmp>/b.txt'],
  ])('differs in its content by %s', (_, left, right) => {
    expect([textAspect(left, right), textAspect(right, left)]).toEqual(['value', 'value']);
  });
});

describe('callables', () => {
  it.each([
    ['a function and a partial', callable('builtins.function'), callable('functools.partial')],
    ['a function and an object', callable('builtins.function'), callable('pkg.m._Adder')],
    ['a public function and a lambda', named('pkg.m.add'), callable('builtins.function')],
    ['two private functions', named('pkg.m._add'), named('pkg.m._plus')],
  ])('%s differ in what no caller relies on', (_, left, right) => {
    expect(aspects(left, right)).toEqual(['internal']);
  });

  it('of two public names are two', () => {
    expect(aspects(named('pkg.m.add'), named('pkg.m.__sub__'))).toEqual(['value']);
  });

  it('differ in the names that they were given', () => {
    const wrapped = object('builtins.function', { calls: true, public: { __name__: text('f') } });
    expect(aspects(wrapped, callable('builtins.function'))).toEqual(['value']);
  });
});

describe('kinds', () => {
  const scalar = (dtype: string, data: string): Canonical => ({ t: 'array', dtype, shape: [], data });

  it.each([
    ['1 and 1.0', int(1), float('1.0')],
    ['a float of numpy', float('1.5'), scalar('<f8', '000000000000f83f')],
    ['an int of numpy', int(3), scalar('<i8', '0300000000000000')],
    ['a truth value of numpy', { t: 'bool', v: true } as const, scalar('|b1', '01')],
  ])('of one number: %s', (_, left, right) => {
    expect(aspects(left, right)).toEqual(['rounding']);
  });

  it.each([
    ['1 and 2.0', int(1), float('2.0')],
    ['1 and True', int(1), { t: 'bool', v: true } as const],
    ['1 and a text', int(1), text('1')],
    ['a list and a tuple', { t: 'list', items: [] } as const, { t: 'tuple', items: [] } as const],
    ['two public classes', object('pkg.A'), object('pkg.B')],
  ])('that differ: %s', (_, left, right) => {
    expect(aspects(left, right)).toEqual(['type']);
  });

  it('of private classes leave their content to be compared', () => {
    const [left, right] = [1, 2].map((n) => object(`pkg._A${n}`, { public: { n: int(n) } }));
    expect(aspects(left!, right!)).toEqual(['internal', 'value']);
  });

  it('do not depend on the function that a class stands in', () => {
    expect(aspects(object('pkg.m.make.<locals>.A'), object('pkg.m._build.<locals>.A'))).toEqual([]);
  });
});

describe('what has to be read', () => {
  it('is an attribute that one side stores', () => {
    const [left, right] = [object('pkg.m.Box', { public: { side: int(2) } }), object('pkg.m.Box')];
    expect([...compareCanonical(left, right).unread]).toEqual(['pkg.m.Box.side']);
    expect(compareObservations(answered(left), answered(right))).toMatchObject({
      unread: ['pkg.m.Box.side'],
    });
  });

  it('is the private state of objects that differ in their repr', () => {
    const [left, right] = ['a', 'b'].map((repr) => object('pkg.m.Box', { public: { n: int(1) }, repr }));
    expect([...compareCanonical(left!, right!).unread]).toEqual(['pkg.m.Box.*']);
  });

  it('shows whether a repr alone differs', () => {
    const made = (repr: string, n: number) =>
      object('pkg.m.Box', { public: {}, private: { _n: int(n) }, repr });
    expect(aspects(made('a', 1), made('b', 1))).toEqual(['formatting']);
    expect(aspects(made('a', 1), made('b', 2))).toEqual(['internal', 'value']);
  });
});

describe(steadySides, () => {
  const list = (...items: number[]): Canonical => ({ t: 'list', items: items.map((n) => int(n)) });
  const compared = (golds: readonly Canonical[], candidates: readonly Canonical[]) => {
    const steady = steadySides(
      golds.map((value) => answered(value)),
      candidates.map((value) => answered(value)),
    );
    return steady && compareObservations(steady.gold, steady.candidate);
  };

  it('knows nothing of what varies', () => {
    expect(compared([int(1), int(2)], [int(3), int(4)])).toMatchObject({ kind: 'unknown' });
    expect(compared([list(1, 2), list(2, 1)], [list(2, 1), list(1, 2)])).toMatchObject({ kind: 'unknown' });
  });

  it('knows nothing of the kind of what is too large or cannot be read, where it varies', () => {
    const large = (digest: string): Canonical => ({
      ...{ t: 'large', digest, skeleton: digest, sketch: { sums: [], count: 0 } as never },
      part: { t: 'truncated', why: 'too large' },
    });
    const lock = (why: string): Canonical => ({ t: 'opaque', type: 'lock', why });
    expect(compared([int(1), int(1)], [large('a'), large('b')])).toMatchObject({ kind: 'unknown' });
    expect(compared([int(1), int(1)], [lock('a'), lock('b')])).toMatchObject({ kind: 'unknown' });
  });

  it('compares what stays the same', () => {
    const shorter = compared([list(1, 2), list(2, 1)], [list(1), list(2)]);
    expect(shorter).toMatchObject({ kind: 'different', differences: [{ aspect: 'value' }] });
    const other = compared([int(1), int(2)], [text('1'), text('2')]);
    expect(other).toMatchObject({ kind: 'different', differences: [{ aspect: 'type' }] });
  });

  it('has no answer where a side only sometimes gives a value', () => {
    const raised = { ...answered(int(1)), outcome: { kind: 'timeout' } as const };
    expect(steadySides([answered(int(1)), raised], [answered(int(1)), answered(int(1))])).toBeUndefined();
  });
});

it.each(['x', '<', '1.', '<a ', 'File "', "{'"])('comes to an end on long texts of %j', (part) => {
  const text = part.repeat(190_000 / part.length);
  expect(textAspect('', text)).toBe('value');
});
