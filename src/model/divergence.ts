import type { Input } from './input.js';
import type { Canonical, Observation } from './observation.js';
import type { SideName } from './side.js';

/** The aspect of two observations in which they differ, most telling first. */
export type Aspect =
  | 'outcome' // one answers, the other raises
  | 'time' // one answers at once, the other does not come to an end
  | 'type' // values of different types
  | 'value'
  | 'exception-type'
  | 'state' // arguments or receiver after the call
  | 'stdout'
  | 'stderr'
  | 'exception-message'
  | 'warnings'
  | 'internal'; // private state only

export interface Difference {
  readonly aspect: Aspect;
  /** Where inside the value: `` for the whole, `[2].name`, `state x[0]`. */
  readonly path: string;
  readonly left?: Canonical | string;
  readonly right?: Canonical | string;
}

/** `unknown` when something that could differ could not be read, or a side gave no evidence (timeout, crash). */
export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly differences: readonly Difference[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** How the candidate departs from gold, judged against base; see DivergenceClass in the README. */
export type DivergenceClass = 'missing' | 'extra' | 'different' | 'unclassified';

/** Evidence grades, strongest first. */
export const GRADES = [
  'fails-benchmark-tests',
  'fails-developer-tests',
  'regression-on-developer-input',
  'unintended-error',
  'issue-input-unfixed',
  'different-value',
  'far-slower',
  'gold-suspect',
  'different-exception-type',
  'different-text',
  'internal',
] as const;
export type Grade = (typeof GRADES)[number];

/** A confirmed divergence: the same on every repetition, shrunk, classified and graded. */
export interface Divergence {
  /** Short stable id, unique in a run. */
  readonly id: string;
  readonly input: Input;
  readonly aspect: Aspect;
  readonly class: DivergenceClass;
  readonly grade: Grade;
  readonly differences: readonly Difference[];
  readonly observations: Readonly<Record<SideName, Observation>>;
  /** Targets entered on gold or candidate. */
  readonly targets: readonly string[];
  /** The differentiating test: a complete pytest file. Absent when none could be verified. */
  readonly test?: {
    readonly source: string;
    readonly verified: boolean;
    /** Whether base, when it was run, passed it too; absent in records of before this was asked. */
    readonly passesOnBase?: boolean;
  };
}
