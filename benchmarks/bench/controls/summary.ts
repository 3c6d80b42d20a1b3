import type { PairRecord } from '../../../src/model/verdict.js';

/** What became of the pairs of one kind of control. */
export interface ControlSummary {
  readonly control: string;
  readonly pairs: number;
  /** Same code: nothing was run. */
  readonly identical: number;
  readonly consistent: number;
  readonly notReached: number;
  /** `instance: reason` of each. */
  readonly unjudged: readonly string[];
  /** Inputs on which both sides did the same, all pairs together. */
  readonly inputs: number;
  /** `instance: grade` of each; every one is a false alarm. */
  readonly divergent: readonly string[];
}

/** Counts the records of one or more runs by control; each pair of each run counts. */
export function summarizeControls(records: readonly PairRecord[]): ControlSummary[] {
  return [...new Set(records.map(({ model }) => model))].map((control) => {
    const own = records.filter(({ model }) => model === control);
    const outcomes = (outcome: string) => own.filter(({ verdict }) => verdict.outcome === outcome);
    const consistent = outcomes('consistent');
    const identical = own.filter(({ verdict }) => verdict.outcome === 'consistent' && verdict.identical);
    const judged = ['consistent', 'not-reached', 'divergent'];
    return {
      control,
      pairs: own.length,
      identical: identical.length,
      consistent: consistent.length - identical.length,
      notReached: outcomes('not-reached').length,
      unjudged: own.filter(({ verdict }) => !judged.includes(verdict.outcome)).map(describe),
      inputs: own.reduce((sum, { inputs }) => sum + inputs.same, 0),
      divergent: outcomes('divergent').map(describe),
    };
  });
}

function describe({ instanceId, verdict, divergences, seed }: PairRecord): string {
  const why =
    verdict.outcome === 'unverifiable'
      ? verdict.reason
      : verdict.outcome === 'divergent'
        ? (divergences[0]?.grade ?? 'fails tests')
        : verdict.outcome;
  return `${instanceId} (seed ${seed}): ${why}`;
}
