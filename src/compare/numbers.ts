/** How far two numbers of one type may lie apart and still differ by rounding only. */
export interface Precision {
  /** Relative to the larger of the two. */
  readonly relative: number;
  /** Relative to the largest number that was computed along with them: what is left of it when it cancels out. */
  readonly ofScale: number;
  /** Absolute, where nothing but noise can be left: against zero, across it, or between remains of a cancellation. */
  readonly noise: number;
}

/** Python's `float`, and numpy's `float64`. */
export const DOUBLE: Precision = { relative: 1e-9, ofScale: 1e-12, noise: 1e-12 };
/** numpy's `float32`. */
export const SINGLE: Precision = { relative: 1e-4, ofScale: 1e-5, noise: 1e-6 };
/** numpy's `float16`. */
export const HALF: Precision = { relative: 1e-2, ofScale: 4e-3, noise: 1e-3 };

/**
 * Numbers in a list or a dictionary need not come from one computation, as those of an array do: a large one among
 * them excuses less.
 */
export const OF_SCALE_IN_CONTAINERS = 1e-14;

/** Digits of a mantissa that a number has at most which is left over when larger ones cancel out. */
const NOISE_BITS = 12;

/** Whether two different numbers differ by no more than rounding explains. `scale`: of what was computed with them. */
export function differByRounding(left: number, right: number, precision: Precision, scale = 0): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
  const [distance, size] = [Math.abs(left - right), Math.max(Math.abs(left), Math.abs(right))];
  // Zero and negative zero: a sign, not a last digit.
  if (distance === 0) return left !== 0;
  if (distance <= precision.relative * size || distance <= precision.ofScale * scale) return true;
  return distance <= precision.noise && (left * right <= 0 || (isRemains(left) && isRemains(right)));
}

/** The largest magnitude among finite numbers; 0 where there is none. */
export function scaleOf(numbers: Iterable<number>): number {
  let scale = 0;
  for (const number of numbers) if (Number.isFinite(number)) scale = Math.max(scale, Math.abs(number));
  return scale;
}

/** Whether a number has few digits in binary, as what is left when larger numbers cancel out has. */
function isRemains(number: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const mantissa = view.getBigUint64(0) & ((1n << 52n) - 1n);
  return (mantissa & ((1n << BigInt(52 - NOISE_BITS)) - 1n)) === 0n;
}

/** A number that Python wrote: `1.5`, `nan`, `-inf`. */
export function numberOf(text: string): number {
  return /inf|nan/.test(text) ? Number(text.replace('inf', 'Infinity').replace('nan', 'NaN')) : Number(text);
}
