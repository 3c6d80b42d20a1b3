import type { Rate } from '../model/rate.js';
import { wilsonInterval } from './wilson.js';

/** The rate of some ids in a whole of `of`, with its 95% Wilson interval. */
export function rateOf(ids: readonly string[], of: number): Rate {
  const count = ids.length;
  return { count, of, rate: of === 0 ? null : count / of, interval: wilsonInterval(count, of), ids };
}

/** Percentage points by which one rate exceeds another; null where either has no denominator. */
export const pointsBetween = (one: Rate, other: Rate): number | null =>
  one.rate === null || other.rate === null ? null : (one.rate - other.rate) * 100;
