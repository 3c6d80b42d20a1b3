export const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

/** The middle of numbers in any order; null of none. */
export function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return sum(middle) / middle.length;
}

/** `part` over `whole`; null where there is nothing to divide, or by. */
export const ratio = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;
