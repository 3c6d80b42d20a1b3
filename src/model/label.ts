/** What a reviewer may say of a candidate, with what each means. */
export const LABELS = ['correct', 'incorrect', 'unclear', 'benchmark-fault'] as const;
export type LabelName = (typeof LABELS)[number];

/** A pair by its names. */
export interface PairName {
  readonly model: string;
  readonly instanceId: string;
}

/** What one reviewer said of one pair. It holds for the patches that were looked at and for no others. */
export interface Label extends PairName {
  readonly reviewer: string;
  readonly label: LabelName;
  readonly note: string;
  /** ISO 8601. */
  readonly at: string;
  /** SHA-256 of the two patches, as in the pair's record. */
  readonly goldPatch: string;
  readonly candidatePatch: string;
}

/** Pairs drawn at random, to estimate from their labels how many of all are incorrect. */
export interface Sample {
  readonly seed: number;
  /** How many pairs it was drawn from. */
  readonly population: number;
  readonly pairs: readonly PairName[];
}

/** Everything that reviewers left in the folder of a run. */
export interface Review {
  readonly labels: readonly Label[];
  readonly sample: Sample | null;
}
