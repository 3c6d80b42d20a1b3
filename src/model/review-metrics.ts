import type { LabelName } from './label.js';
import type { Rate } from './report.js';

/** What the labels of one submission (or of all together) come to. */
export interface SubmissionReview {
  readonly model: string;
  /** Ids by the label that all their reviewers gave; disjoint from `disputed`. */
  readonly labels: Readonly<Record<LabelName, readonly string[]>>;
  /** Ids that reviewers labelled differently: no label decides about them. */
  readonly disputed: readonly string[];
  /** Ids reported as resolved of which a label decides. */
  readonly decided: readonly string[];
  /** Resolved where labels decide, and without strong evidence where none does. */
  readonly withLabels: Rate;
  /** Percentage points by which the reported rate exceeds `withLabels`. */
  readonly inflation: number | null;
  /** Certainly incorrect ones among the divergent plausible pairs that have a label. */
  readonly incorrectDivergent: Rate;
}

/** How far two reviewers agree on the pairs that both labelled. */
export interface Agreement {
  readonly reviewers: readonly [string, string];
  readonly both: number;
  /** Share of the pairs with the same label from both. */
  readonly observed: number;
  /** Cohen's kappa; null when chance alone would give full agreement. */
  readonly kappa: number | null;
  /** `model/instance` of the pairs labelled differently. */
  readonly differ: readonly string[];
}

/** What the labels of a random sample say of all pairs that it was drawn from. */
export interface SampleEstimate {
  readonly size: number;
  readonly population: number;
  readonly labelled: number;
  /** Null until every pair of the sample has a label. */
  readonly estimate: {
    /** Incorrect ones in the sample; its interval knows how much of the population was looked at. */
    readonly incorrect: Rate;
    /** Expected number of incorrect pairs in the population, with a 95% interval. */
    readonly wrong: { readonly count: number; readonly low: number; readonly high: number };
    /** Rate of all submissions together without those failing tests and without these, with a 95% interval. */
    readonly resolved: { readonly rate: number; readonly low: number; readonly high: number };
    /** Percentage points by which the reported rate exceeds that. */
    readonly inflation: number;
  } | null;
}

/** Everything computed from labels. */
export interface ReviewMetrics {
  readonly reviewers: readonly { readonly name: string; readonly labels: number }[];
  /** Labels of patches that the run does not hold: they count nowhere. */
  readonly stale: number;
  readonly submissions: readonly SubmissionReview[];
  readonly overall: SubmissionReview;
  readonly agreement: readonly Agreement[];
  readonly sample: SampleEstimate | null;
}
