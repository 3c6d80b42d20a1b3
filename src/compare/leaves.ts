import type { Canonical } from '../model/observation.js';
import { differByRounding, DOUBLE, numberOf, OF_SCALE_IN_CONTAINERS, scaleOf } from './numbers.js';
import { textAspect, type TextAspect } from './texts.js';

/** Types that compute with exactly the digits that they show. */
const EXACT_TYPES: ReadonlySet<string> = new Set(['decimal.Decimal', '_pydecimal.Decimal']);

/**
 * In what two values without parts differ that are not equal and of one type. `scale` gives the largest of the floats
 * that stand beside them.
 */
export function leafAspect(left: Canonical, right: Canonical, scale: () => number): TextAspect {
  if (left.t === 'str' && right.t === 'str') return textAspect(left.v, right.v);
  if (left.t === 'bytes' && right.t === 'bytes') return textAspect(asText(left.v), asText(right.v));
  const [mine, others] = [partsOf(left), partsOf(right)];
  if (mine === undefined || others === undefined) return 'value';
  const own = mine.length > 1 ? scaleOf([...mine, ...others]) : 0;
  const precision = { ...DOUBLE, ofScale: OF_SCALE_IN_CONTAINERS };
  const rounded = mine.every((number, index) => {
    const other = others[index] ?? NaN;
    return Object.is(number, other) || differByRounding(number, other, precision, Math.max(own, scale()));
  });
  return rounded ? 'rounding' : 'value';
}

/** Bytes, given as hexadecimal digits, as a text of as many characters. */
const asText = (hexadecimal: string): string => Buffer.from(hexadecimal, 'hex').toString('latin1');

/** In what the reprs of two objects of one type differ that are not equal. */
export function reprAspect(type: string, left: string | undefined, right: string | undefined): TextAspect {
  if (left === undefined || right === undefined || EXACT_TYPES.has(type)) return 'value';
  return textAspect(left, right);
}

/** Whether a value holds others. */
export const isContainer = ({ t }: Canonical): boolean =>
  /^(list|tuple|set|frozenset|dict|iterator|subclass|object)$/.test(t);

/** The largest float in containers of numbers, and of containers of numbers; 0 where they hold anything else. */
export function scaleIn(containers: readonly Canonical[]): number {
  const floats: number[] = [];
  return containers.every((container) => addFloats(container, floats)) ? scaleOf(floats) : 0;
}

/** Adds the floats of a value to `floats`; false where it is no number and no container of numbers. */
function addFloats(value: Canonical, floats: number[]): boolean {
  // Integers are exact, and say nothing about what was rounded.
  if (value.t === 'int') return true;
  const parts = partsOf(value);
  if (parts) return floats.push(...parts) > 0;
  if (value.t === 'dict') return value.entries.every(([, item]) => addFloats(item, floats));
  if (value.t === 'subclass' && !addFloats(value.base, floats)) return false;
  if (value.t === 'subclass' || value.t === 'object')
    return Object.values(value.public).every((item) => addFloats(item, floats));
  return isContainer(value) && 'items' in value && value.items.every((item) => addFloats(item, floats));
}

/** The floats of a number: one, or the two of a complex one. */
function partsOf(value: Canonical): number[] | undefined {
  if (value.t === 'float') return [numberOf(value.v)];
  return value.t === 'complex' ? [numberOf(value.re), numberOf(value.im)] : undefined;
}

/** An order of values in which those that differ by rounding only have the same places. */
export function byValue(left: Canonical, right: Canonical, text: (value: Canonical) => string): number {
  if (left.t === 'float' && right.t === 'float') return numberOf(left.v) - numberOf(right.v);
  return text(left) < text(right) ? -1 : 1;
}
