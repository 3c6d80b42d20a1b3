import { sameButForPlaces } from './incidental.js';
import { differByRounding, DOUBLE, OF_SCALE_IN_CONTAINERS, scaleOf } from './numbers.js';

/**
 * What two different texts differ in: their content, the last digits of their numbers, or their form: the layout of HTML,
 * where code stands, the order in which a set prints itself.
 */
export type TextAspect = 'value' | 'formatting' | 'rounding';

const LONGEST_HTML = 200_000;

/** A number in a text. One without a point or an exponent is a count or a name, and never rounded. */
const NUMBER = /(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?(?![\w])/g;
const isRounded = (number: string): boolean => /[.eE]/.test(number);

/** Digits that a double has; a number written with more of them was computed with more. */
const DOUBLE_DIGITS = 17;
/** Last digits of such a number that rounding may change. */
const LAST_DIGITS = 3;

/** In what two texts differ that are not equal. */
export function textAspect(left: string, right: string): TextAspect {
  if (roundedAlike(left, right) || sameBeginnings(left, right)) return 'rounding';
  return sameHtml(left, right) || sameButForPlaces(left, right) ? 'formatting' : 'value';
}

/** Whether two texts are equal but for numbers that differ by rounding, and for the blanks that align them. */
function roundedAlike(left: string, right: string): boolean {
  const [mine, others] = [left.match(NUMBER) ?? [], right.match(NUMBER) ?? []];
  if (mine.length === 0 || mine.length !== others.length) return false;
  const frame = (text: string) => text.replace(NUMBER, '#').replace(/\s+/g, '');
  const scale = scaleOf([...mine, ...others].filter(isRounded).map(Number));
  let rounded = false;
  for (const [index, number] of mine.entries()) {
    const other = others[index] ?? '';
    if (number === other) continue;
    if (!isRounded(number) && !isRounded(other)) return false;
    if (Number(number) === Number(other) && digitsOf(number, other) <= DOUBLE_DIGITS) continue;
    if (!closeDecimals(number, other, scale)) return false;
    rounded = true;
  }
  return rounded && frame(left) === frame(right);
}

/** Numbers that run into each other, as where a text was repeated or joined, so that nothing shows where they end. */
const RUN_TOGETHER = /\.\d{11,}\.\d/;
const LONG_FRACTION = /(\.\d{11})\d*/g;

/** Whether texts in which numbers run into each other are equal but for what follows the first decimals of the numbers. */
function sameBeginnings(left: string, right: string): boolean {
  const shortened = (text: string) => text.replace(LONG_FRACTION, '$1');
  return RUN_TOGETHER.test(left) && RUN_TOGETHER.test(right) && shortened(left) === shortened(right);
}

const mantissaOf = (number: string): string =>
  number
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+/, '');

/** Digits of the one of two numbers that has fewer. */
const digitsOf = (left: string, right: string): number =>
  Math.min(mantissaOf(left).length, mantissaOf(right).length);

/** The numbers of a text need not come from one computation. */
const IN_TEXT = { ...DOUBLE, ofScale: OF_SCALE_IN_CONTAINERS };

function closeDecimals(left: string, right: string, scale: number): boolean {
  const digits = digitsOf(left, right);
  if (digits <= DOUBLE_DIGITS) return differByRounding(Number(left), Number(right), IN_TEXT, scale);
  const [a, b] = scaled(left, right);
  const distance = a > b ? a - b : b - a;
  const size = [a, b].map((n) => (n < 0n ? -n : n)).reduce((x, y) => (x > y ? x : y));
  return distance * 10n ** BigInt(digits - LAST_DIGITS) <= size;
}

/** Two decimal numbers as integers of one unit. */
function scaled(...numbers: readonly [string, string]): [bigint, bigint] {
  const parts = numbers.map((number) => {
    const [, mantissa = '', exponent = '0'] = /^([^eE]*)(?:[eE](.*))?$/.exec(number) ?? [];
    const [whole = '', fraction = ''] = mantissa.split('.');
    return {
      digits: BigInt(`${whole}${fraction}`.replace('+', '')),
      unit: Number(exponent) - fraction.length,
    };
  });
  const unit = Math.min(...parts.map((part) => part.unit));
  const [a = 0n, b = 0n] = parts.map((part) =>
    part.unit - unit > 400 ? part.digits << 1400n : part.digits * 10n ** BigInt(part.unit - unit),
  );
  return [a, b];
}

/** Whether two texts are HTML that a browser shows alike: other orders of attributes, other blanks between tags. */
function sameHtml(left: string, right: string): boolean {
  if (!looksLikeHtml(left) || !looksLikeHtml(right)) return false;
  return canonicalHtml(left) === canonicalHtml(right);
}

const TAG =
  /<(\/?)([A-Za-z][\w:-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
/** Elements in which blanks show. */
const KEEPS_BLANKS = /<(pre|textarea|script|style)\b/i;

function looksLikeHtml(text: string): boolean {
  if (text.length > LONGEST_HTML) return false;
  return /<\/[A-Za-z][\w:-]*\s*>|<[A-Za-z][\w:-]*(?:\s[^<>]*=[^<>]*)?\s*\/?>/.test(text);
}

/** The text with the attributes of every tag sorted, and without blanks beside tags. */
function canonicalHtml(text: string): string {
  const tagged = text.replace(TAG, (_, end: string, name: string, attributes: string) => {
    const sorted = [...attributes.matchAll(ATTRIBUTE)]
      .map(([, key = '', a, b, c]) => {
        const value = a ?? b ?? c;
        if (value === undefined) return key;
        const words = key === 'class' ? value.split(/\s+/).filter(Boolean).sort().join(' ') : value;
        return `${key}="${words}"`;
      })
      .sort();
    return `<${[end + name.toLowerCase(), ...sorted].join(' ')}>`;
  });
  return KEEPS_BLANKS.test(text)
    ? tagged
    : tagged
        .replace(/\s+/g, ' ')
        .replace(/\s*(<[^>]*>)\s*/g, '$1')
        .trim();
}
