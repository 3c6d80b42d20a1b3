import type { RunReport } from '../model/report.js';
import { hasStrongEvidence } from './evidence.js';

/** Which divergent pairs a run may be failed for. */
export type FailOn = 'none' | 'strong' | 'divergent';

/** What a gate lets through. */
export interface GateLimits {
  readonly failOn: FailOn;
  /** How many such pairs are let through. */
  readonly maxDivergent: number;
}

/** What a gate said of a run. */
export interface GateResult {
  readonly passed: boolean;
  /** The pairs that count, as `model/instance`. */
  readonly pairs: readonly string[];
}

/** Counts the divergent pairs that the gate is about, and compares with what it lets through. */
export function gate({ records }: RunReport, { failOn, maxDivergent }: GateLimits): GateResult {
  const pairs = records
    .filter(({ verdict }) => failOn !== 'none' && verdict.outcome === 'divergent')
    .filter((record) => failOn === 'divergent' || hasStrongEvidence(record))
    .map(({ model, instanceId }) => `${model}/${instanceId}`);
  return { passed: pairs.length <= maxDivergent, pairs };
}
