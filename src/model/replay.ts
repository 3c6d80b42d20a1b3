import type { Comparison } from './divergence.js';
import type { Instance, Prediction } from './instance.js';
import type { Observation } from './observation.js';
import type { SideName } from './side.js';

/** Everything needed to run a finding of one pair again. */
export interface ReplayBundle {
  readonly instance: Instance;
  readonly prediction: Prediction;
  /** Where the repository was found, as an absolute path, or its `owner/name`. */
  readonly repository: string;
  readonly engine: {
    readonly name: 'docker' | 'local';
    readonly image: string | null;
    readonly python: string | null;
    /** Absent in records of earlier versions: as given. */
    readonly environments?: 'given' | 'build';
    readonly sandbox: boolean;
    readonly trusted: boolean;
  };
  readonly seed: number;
}

/** What the sides did this time. */
export interface ReplayResult {
  /** Gold and candidate differ again, and each as in the report. */
  readonly reproduced: boolean;
  readonly observations: Readonly<Record<SideName, Observation>>;
  readonly comparison: Comparison;
  /** Status of the differentiating test on gold and candidate; absent when the report has none. */
  readonly test?: { readonly gold: string; readonly candidate: string };
}
