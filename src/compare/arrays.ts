import type { Canonical, Sketch } from '../model/observation.js';
import { differByRounding, DOUBLE, HALF, scaleOf, SINGLE, type Precision } from './numbers.js';

type ArrayForm = Extract<Canonical, { readonly t: 'array' }>;

/** In what two arrays differ; undefined where they are equal. */
export function arrayAspect(left: ArrayForm, right: ArrayForm): 'value' | 'rounding' | undefined {
  const sameShape = left.dtype === right.dtype && left.shape.join() === right.shape.join();
  if (sameShape && left.data === right.data) return undefined;
  const precision = PRECISIONS[left.dtype.slice(1)];
  if (!sameShape || precision === undefined) return 'value';
  const [mine, others] = [floatsOf(left), floatsOf(right)];
  if (mine && others) return roundedAlike(mine, others, precision, left.dtype) ? 'rounding' : 'value';
  return left.sketch && right.sketch && sketchesAgree(left.sketch, right.sketch, precision)
    ? 'rounding'
    : 'value';
}

/** Types of numbers that are rounded, by numpy's name without the order of bytes. */
const PRECISIONS: Readonly<Record<string, Precision>> = {
  f2: HALF,
  f4: SINGLE,
  f8: DOUBLE,
  c8: SINGLE,
  c16: DOUBLE,
};

function roundedAlike(
  left: readonly number[],
  right: readonly number[],
  precision: Precision,
  dtype: string,
): boolean {
  const parts = dtype[1] === 'c' ? 2 : 1;
  const scale = scaleOf([...left, ...right]);
  const single = left.length === parts;
  return left.every((number, index) => {
    const other = right[index] ?? NaN;
    // In an array, the sign of a zero depends on the order of a sum; a single number is what the code chose.
    if (number === other) return !single || Object.is(number, other);
    return (Number.isNaN(number) && Number.isNaN(other)) || differByRounding(number, other, precision, scale);
  });
}

/**
 * Whether large numbers of values, of which only sums with fixed weights are kept, can differ by rounding only. A sum
 * is compared by the largest value that went into it.
 */
export function sketchesAgree(left: Sketch, right: Sketch, precision: Precision): boolean {
  if (left.special !== right.special || left.blocks.length !== right.blocks.length) return false;
  return left.blocks.every(([sum, largest], index) => {
    const [otherSum = NaN, otherLargest = NaN] = right.blocks[index] ?? [];
    return (
      Math.abs(sum - otherSum) <= precision.relative * Math.max(largest, otherLargest) + precision.noise ** 2
    );
  });
}

/** Readers of one number, by numpy's name of the type without the order of bytes; complex ones are read as two. */
const READERS: Readonly<
  Record<
    string,
    { size: number; read: (view: DataView, at: number, little: boolean) => number | bigint | boolean }
  >
> = {
  b1: { size: 1, read: (view, at) => view.getUint8(at) !== 0 },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i8: { size: 8, read: (view, at, little) => view.getBigInt64(at, little) },
  u8: { size: 8, read: (view, at, little) => view.getBigUint64(at, little) },
  f2: { size: 2, read: (view, at, little) => halfOf(view.getUint16(at, little)) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
};
const COMPLEX: Readonly<Record<string, string>> = { c8: 'f4', c16: 'f8' };

/**
 * The numbers of an array in C order, complex ones as their two parts; undefined where they are not kept, or are no
 * numbers.
 */
export function numbersOf({ dtype, data }: ArrayForm): (number | bigint | boolean)[] | undefined {
  const name = dtype.slice(1);
  const reader = READERS[COMPLEX[name] ?? name];
  if (!reader || !/^(?:[0-9a-f]{2})*$/.test(data)) return undefined;
  const bytes = Buffer.from(data, 'hex');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = !dtype.startsWith('>');
  return Array.from({ length: Math.floor(bytes.length / reader.size) }, (_, index) =>
    reader.read(view, index * reader.size, little),
  );
}

const floatsOf = (array: ArrayForm): number[] | undefined => numbersOf(array)?.map(Number);

function halfOf(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** A number as Python writes it in a program; `isFloat` where it is no integer even where it is whole. */
export function numberText(number: number | bigint | boolean, isFloat: boolean): string {
  if (typeof number === 'boolean') return number ? 'True' : 'False';
  if (typeof number === 'bigint' || !isFloat) return String(number);
  if (!Number.isFinite(number)) return `float('${String(number).toLowerCase().replace('infinity', 'inf')}')`;
  return Number.isInteger(number) && Math.abs(number) < 1e16 ? `${String(number)}.0` : String(number);
}
