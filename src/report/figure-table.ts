import type { Rate } from '../model/rate.js';
import { percent } from './numbers.js';

/** A cell of a table of figures. */
export interface Cell {
  readonly text: string;
  /** Names the figure in it, uniquely in a report. */
  readonly figure?: string;
}

/** A table of figures, the same in every format. */
export interface FigureTable {
  readonly id: string;
  readonly title: string;
  readonly head: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly Cell[])[];
  /** What the figures are and where their formulas come from. */
  readonly notes: readonly string[];
}

export const plainCell = (text: string): Cell => ({ text });
export const figureCell = (figure: string, text: string): Cell => ({ text, figure });

/** `13 of 14, 92.9% (68.5% to 98.7%)`. */
export const rateWords = ({ count, of, rate, interval }: Rate): string =>
  interval === null
    ? `${count} of ${of}`
    : `${count} of ${of}, ${percent(rate)} (${percent(interval.low)} to ${percent(interval.high)})`;

/** `+7.1`, `-7.1`, `0.0`: percentage points with their sign. */
export function signedPoints(points: number): string {
  const text = points.toFixed(1);
  if (Number(text) === 0) return '0.0';
  return points > 0 ? `+${text}` : text;
}
