import type { PairRecord } from '../../src/model/verdict.js';
import { median, ratio } from './numbers.js';

/** What a number of candidates of one instance cost, in seconds and relative to the bare cost of its tests. */
export interface CandidatesCost {
  readonly candidates: number;
  /** Wall clock of the whole run. */
  readonly wall: number;
  readonly wallPerCandidate: number;
  readonly bare: number | null;
  /** Seconds of the instance and of its first candidate. */
  readonly first: number | null;
  /** Median of the seconds of the further candidates. */
  readonly further: number | null;
  readonly firstOverBare: number | null;
  readonly furtherOverBare: number | null;
  readonly furtherOverFirst: number | null;
}

/** Sums up the records of one instance's candidates, in the order they were audited in. */
export function summarizeCandidates(records: readonly PairRecord[], wall: number): CandidatesCost {
  const [first, ...others] = records.map(({ seconds }) => seconds);
  const whole = first === undefined ? null : first.instance + first.total;
  const further = median(others.map(({ total }) => total));
  const bare = first?.bare ?? null;
  return {
    candidates: records.length,
    wall,
    wallPerCandidate: wall / records.length,
    bare,
    first: whole,
    further,
    firstOverBare: ratio(whole, bare),
    furtherOverBare: ratio(further, bare),
    furtherOverFirst: ratio(further, whole),
  };
}

/** What a run over a dataset cost with a number of workers. */
export interface WorkersCost {
  readonly workers: number;
  readonly wall: number;
  readonly pairs: number;
  readonly wallPerPair: number;
  /** Over one worker's run of the same pairs. */
  readonly speedup: number | null;
}

/** Compares runs over the same pairs; the first is the one the others are measured against. */
export function summarizeWorkers(
  runs: readonly { readonly workers: number; readonly wall: number; readonly pairs: number }[],
): WorkersCost[] {
  return runs.map((run) => ({
    ...run,
    wallPerPair: run.wall / run.pairs,
    speedup: ratio(runs[0]?.wall ?? null, run.wall),
  }));
}
