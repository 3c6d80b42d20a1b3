import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/compare/classify.js';
import { compareObservations, differMarkedly } from '../../../src/compare/compare.js';
import { gradeOf } from '../../../src/compare/grade.js';
import { renderTests } from '../../../src/pytest/test-source.js';
import type { Canonical, Observation } from '../../../src/model/observation.js';
import { anInput, answered, int, list, object, raised, str } from '../../helpers/builders.js';

const float = (v: string): Canonical => ({ t: 'float', v });
const complex = (re: string, im: string): Canonical => ({ t: 'complex', re, im });
const doubles = (...numbers: number[]): Canonical => ({
  t: 'array',
  dtype: '<f8',
  shape: [numbers.length],
  data: Buffer.from(new Float64Array(numbers).buffer).toString('hex'),
});
const singles = (...numbers: number[]): Canonical => ({
  t: 'array',
  dtype: '<f4',
  shape: [numbers.length],
  data: Buffer.from(new Float32Array(numbers).buffer).toString('hex'),
});
const half = (hex: string): Canonical => ({ t: 'array', dtype: '<f2', shape: [], data: hex });
const bigEndian = (number: number): Canonical => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(number);
  return { t: 'array', dtype: '>f8', shape: [1], data: bytes.toString('hex') };
};
const dict = (...entries: [Canonical, Canonical][]): Canonical => ({ t: 'dict', ordered: false, entries });
const set = (...items: Canonical[]): Canonical => ({ t: 'set', items });
const sketched = (digest: string, sum: number): Canonical => ({
  t: 'array',
  dtype: '<f8',
  shape: [100000],
  data: `sha256:${digest}`,
  sketch: { special: '', blocks: [[sum, 2]] },
});
const large = (part: Canonical, digest: string, skeleton = 's', sum = 1): Canonical => ({
  t: 'large',
  part,
  digest,
  skeleton,
  sketch: { special: '', blocks: [[sum, 2]] },
});

const aspectOf = (left: Observation, right: Observation) => {
  const comparison = compareObservations(left, right);
  return comparison.kind === 'different' ? comparison.differences[0]?.aspect : comparison.kind;
};
const aspectOfValues = (left: Canonical, right: Canonical) => {
  const there = aspectOf(answered(left), answered(right));
  expect(aspectOf(answered(right), answered(left))).toBe(there);
  return there;
};

describe('rounding', () => {
  it.each<[string, Canonical, Canonical]>([
    ['a sum in another order', float('0.6000000000000001'), float('0.6')],
    ['what is left of a sum', float('5.551115123125783e-17'), float('2.7755575615628914e-17')],
    ['zero, and what is left of larger numbers', float('0.0'), float('1.1368683772161603e-13')],
    ['the sine of pi', float('0.0'), float('1.2246467991473532e-16')],
    ['large numbers', float('1e+300'), float('1.0000000000000002e+300')],
    ['a complex number', complex('1.0', '1e-17'), complex('1.0', '0.0')],
    [
      'inside of containers',
      list(int(1), dict([str('a'), float('0.1')])),
      list(int(1), dict([str('a'), float('0.10000000000000002')])),
    ],
    ['a member of a set', set(float('0.1'), float('0.6')), set(float('0.1'), float('0.6000000000000001'))],
    ['a key', dict([float('0.6'), int(1)]), dict([float('0.6000000000000001'), int(1)])],
    ['beside a larger number', list(float('1000.5'), float('1e-12')), list(float('1000.5'), float('3e-12'))],
    ['an array', doubles(1, 0.6), doubles(1, 0.6000000000000001)],
    ['an array of other order of bytes', bigEndian(0.6), bigEndian(0.6000000000000001)],
    ['near zero in an array', doubles(1e6, 3e-9), doubles(1e6, -2e-9)],
    ['the sign of a zero in an array', doubles(1, 0), doubles(1, -0)],
    ['single precision', singles(1, 0.1), singles(1, 0.100001)],
    ['half precision', half('663c'), half('673c')],
    ['a large array', sketched('a', 1), sketched('b', 1 + 1e-12)],
    ['a text', str('about 0.6 m'), str('about 0.6000000000000001 m')],
    ['a text in columns', str('[0.6 1. ]'), str('[0.6                1.0000000000000002]')],
    ['a text with %g', str('x=1, y=1e-16'), str('x=1.0000000000000002, y=0.0')],
    [
      'beside a larger attribute',
      {
        t: 'object',
        type: 'm.P',
        public: { x: float('5000.0'), y: float('3e-12') },
        repr: 'P(5000.0, 3e-12)',
      },
      { t: 'object', type: 'm.P', public: { x: float('5000.0'), y: float('0.0') }, repr: 'P(5000.0, 0.0)' },
    ],
    [
      'numbers that run into each other',
      str('0.7874007874011810.787400787401181'),
      str('0.78740078740118110.7874007874011811'),
    ],
    ['a repr', object('m.P', 'P(0.6)'), object('m.P', 'P(0.6000000000000001)')],
    ['many digits', str('3.14159265358979323846264338'), str('3.14159265358979323846264341')],
    ['a value over its budget', large(list(int(1)), 'a'), large(list(int(1)), 'b')],
    [
      'a large value, where it shows',
      large(list(float('0.6')), 'a'),
      large(list(float('0.6000000000000001')), 'b'),
    ],
  ])('%s', (_, left, right) => {
    expect(aspectOfValues(left, right)).toBe('rounding');
  });

  it('shows in variables, output and messages', () => {
    const [a, b] = ['0.6', '0.6000000000000001'];
    const none = { t: 'none' } as const;
    expect(aspectOf(answered(none, { stdout: a }), answered(none, { stdout: b }))).toBe('rounding');
    expect(
      aspectOf(answered(none, { state: { x: float(a) } }), answered(none, { state: { x: float(b) } })),
    ).toBe('rounding');
    expect(aspectOf(raised('ValueError', a), raised('ValueError', b))).toBe('rounding');
  });
});

describe('more than rounding', () => {
  it.each<[string, Canonical, Canonical]>([
    ['a digit', float('0.6'), float('0.6000001')],
    ['a small number', float('6.62607015e-34'), float('1.054571817e-34')],
    ['zero for a small number that is no noise', float('0.0'), float('1e-09')],
    ['the sign of zero', float('0.0'), float('-0.0')],
    ['infinity', float('inf'), float('1.7976931348623157e+308')],
    ['NaN', float('nan'), float('0.0')],
    ['an int', int(1000000000000), int(1000000000001)],
    [
      'a large int does not excuse a float',
      list(int(10 ** 15), float('0.1')),
      list(int(10 ** 15), float('0.2')),
    ],
    ['rounding and a length', list(float('0.6')), list(float('0.6000000000000001'), int(1))],
    [
      'a small value beside a large one',
      list(float('1000000000.0'), float('0.1')),
      list(float('1000000000.0'), float('0.2')),
    ],
    ['an array', doubles(1, 0.6), doubles(1, 0.6001)],
    [
      'the shape',
      doubles(1),
      { ...(doubles(1) as { t: 'array'; dtype: string; shape: number[]; data: string }), shape: [1, 1] },
    ],
    ['single precision', singles(1, 0.1), singles(1, 0.11)],
    ['a large array', sketched('a', 1), sketched('b', 1 + 1e-6)],
    ['a version', str('1.10'), str('1.1')],
    ['a count', str('found 10 in 0.6'), str('found 11 in 0.6000000000000001')],
    ['words', str('about 0.6 m'), str('near 0.6000000000000001 m')],
    ['a shown digit', str('0.12'), str('0.13')],
    ['many digits', str('3.14159265358979323846264338'), str('3.14159265358979323899999999')],
    [
      'decimals, which are exact',
      object('decimal.Decimal', "Decimal('0.6')"),
      object('decimal.Decimal', "Decimal('0.6000000000000001')"),
    ],
    ['a value over its budget', large(list(int(1)), 'a'), large(list(int(1)), 'b', 't')],
    ['a number over the budget', large(list(int(1)), 'a'), large(list(int(1)), 'b', 's', 1.1)],
    [
      'a value over its budget and one within',
      large(list(int(1), { t: 'truncated', why: 'size' }), 'a'),
      list(int(1)),
    ],
  ])('%s', (_, left, right) => {
    expect(aspectOfValues(left, right)).toBe('value');
  });

  it('is what a value is graded by', () => {
    const left = list(float('0.6'), int(1));
    const right = list(float('0.6000000000000001'), int(2));
    expect(aspectOfValues(left, right)).toBe('value');
  });
});

describe('values over their budget', () => {
  it('are equal by their digests', () => {
    const cut = list(int(1), { t: 'truncated', why: 'size' });
    expect(aspectOfValues(large(cut, 'a'), large(cut, 'a'))).toBe('same');
  });

  it('are unknown where all there is was cut', () => {
    const cut: Canonical = { t: 'object', type: 'm.Table', public: {}, repr: '1 ... 9', cut: true };
    expect(aspectOfValues(cut, cut)).toBe('unknown');
    expect(aspectOfValues(cut, { ...cut, repr: '1 ... 8' })).toBe('value');
  });
});

describe('HTML', () => {
  it.each([
    ['<a href="/x" class="b">x</a>', `<a class='b' href="/x">x</a>`],
    ['<ul>\n  <li>a</li>\n</ul>', '<ul><li>a</li></ul>'],
    ['<input type="text" required>', '<input required type="text" />'],
    ['<p class="a b">x</p>', '<p class="b a">x</p>'],
  ])('%s differs in its layout', (left, right) => {
    expect(aspectOfValues(str(left), str(right))).toBe('formatting');
  });

  it.each([
    ['<a href="/x">x</a>', '<a href="/y">x</a>'],
    ['<p>a b</p>', '<p>ab</p>'],
    ['<pre>a\n b</pre>', '<pre>a b</pre>'],
    ['a < b and c > d', 'a < b  and c > d'],
    ['<p>x</p>', '<div>x</div>'],
  ])('%s differs in its content', (left, right) => {
    expect(aspectOfValues(str(left), str(right))).toBe('value');
  });
});

describe('weight', () => {
  const [gold, candidate] = [answered(float('0.6')), answered(float('0.6000000000000001'))];
  const comparison = compareObservations(gold, candidate);
  const differences = comparison.kind === 'different' ? comparison.differences : [];

  it.each(['issue', 'test'] as const)('is little even on an input of the %s', (seedOrigin) => {
    const input = anInput('f(1)', { seedOrigin });
    for (const divergenceClass of ['missing', 'extra'] as const)
      expect(gradeOf({ input, gold, candidate, differences, class: divergenceClass })).toBe(
        'different-rounding',
      );
    expect(differMarkedly(comparison)).toBe(false);
  });

  it('is not enough for a test', () => {
    expect(
      renderTests({ id: 'a', input: anInput('f()'), gold, candidate, differences, comment: [] }),
    ).toEqual([]);
  });

  it('does not hide which side left the behaviour of base alone', () => {
    expect(classify(answered(float('0.6')), answered(float('7.5')), candidate)).toBe('missing');
    expect(classify(answered(float('0.6')), candidate, answered(float('7.5')))).toBe('extra');
  });
});
