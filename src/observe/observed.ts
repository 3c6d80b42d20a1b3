import type { Comparison } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';

/** One input as both sides answered it; where gold gave no evidence, the candidate may not have been asked. */
export interface Observed {
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly comparison: Comparison;
}
