import { computeRates } from '../metrics/rates.js';
import type { RunFacts, RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';

/** The report of a run: its records in the order of their pairs, and every rate computed from them. */
export function runReport(run: RunFacts, tool: RunReport['tool'], records: readonly PairRecord[]): RunReport {
  const sorted = [...records].sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
  return {
    schemaVersion: 1,
    tool,
    run: { ...run, finishedAt: new Date().toISOString() },
    records: sorted,
    metrics: computeRates(sorted, run.submissions, run.instances),
  };
}

/** A pair as one text; different pairs never share it. */
export const pairKey = ({ model, instanceId }: Pick<PairRecord, 'model' | 'instanceId'>): string =>
  JSON.stringify([model, instanceId]);
