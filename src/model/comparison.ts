/** The counts that submissions are compared by; `withLabels` only where there are labels. */
export const MEASURES = ['reported', 'afterStrongEvidence', 'afterAnyDivergence', 'withLabels'] as const;
export type Measure = (typeof MEASURES)[number];

/** How far the first of two submissions is ahead. */
export interface RateDifference {
  readonly measure: Measure;
  /** Rate of the first less that of the second, in percentage points. */
  readonly points: number;
  /** 95% percentile interval of the paired bootstrap, in percentage points. */
  readonly interval: { readonly low: number; readonly high: number };
  /** Share of the resamples in which the first is strictly ahead, and strictly behind. */
  readonly ahead: number;
  readonly behind: number;
}

/** A change from the reported order to the order by another measure. */
export interface OrderChange {
  readonly measure: Measure;
  /**
   * Share of the resamples in which the two orders differ as they do here: each that is strict here is so there.
   */
  readonly probability: number;
}

/** Two submissions on the same instances. */
export interface PairedComparison {
  readonly first: string;
  readonly second: string;
  readonly differences: readonly RateDifference[];
  /** Measures by which the two stand in another order than as reported. */
  readonly orderChanges: readonly OrderChange[];
}

/** Where a submission stands by one measure; equal counts share the better rank. */
export interface Rank {
  readonly measure: Measure;
  readonly count: number;
  readonly rank: number;
  /** Share of the resamples in which the rank moves in the same direction; null when it does not move. */
  readonly moved: number | null;
}

/** Several submissions compared on the same instances. */
export interface Comparison {
  readonly resamples: number;
  readonly seed: number;
  readonly instances: number;
  /** By reported rank. */
  readonly ranks: readonly { readonly model: string; readonly by: readonly Rank[] }[];
  readonly pairs: readonly PairedComparison[];
}
