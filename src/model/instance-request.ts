import type { Instance, Prediction } from './instance.js';
import type { PairRecord } from './verdict.js';

/** What is asked of one instance: which predictions to audit, and with which tests. */
export interface InstanceRequest {
  readonly instance: Instance;
  readonly predictions: readonly Prediction[];
  /** Developer tests beyond the benchmark's own, as the user named them. */
  readonly tests: readonly string[];
  /** Records of other predictions for the instance, computed before from the same content. */
  readonly judged: readonly PairRecord[];
}
