import type { Instance, Prediction } from './instance.js';

/** Everything that a finding of one pair needs to be run again. */
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
