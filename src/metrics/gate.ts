import type { RunReport } from '../model/report.js';
import { hasStrongEvidence } from './evidence.js';
import { idOfPair } from './labels.js';

/** Which divergent pairs make a run fail: none, those with strong evidence, or all. */
export type FailOn = 'none' | 'strong' | 'divergent';

/** How much divergence a run may have and still pass. */
export interface GateLimits {
  readonly failOn: FailOn;
  /** A run passes with up to so many such pairs. */
  readonly maxDivergent: number;
}

/** Whether a run passes the gate, and which pairs count against it. */
export interface GateResult {
  readonly passed: boolean;
  /** The pairs that count, as `model/instance`. */
  readonly pairs: readonly string[];
}

/** Counts the divergent pairs that `failOn` names, and passes the run if there are no more than `maxDivergent`. */
export function gate({ records }: RunReport, { failOn, maxDivergent }: GateLimits): GateResult {
  const pairs = records
    .filter(({ verdict }) => failOn !== 'none' && verdict.outcome === 'divergent')
    .filter((record) => failOn === 'divergent' || hasStrongEvidence(record))
    .map(idOfPair);
  return { passed: pairs.length <= maxDivergent, pairs };
}
