/** A closed interval: of rates from 0 to 1, or of differences, as its source says. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
