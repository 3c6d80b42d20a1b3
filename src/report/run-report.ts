import { computeMetrics } from '../metrics/metrics.js';
import { withScore } from '../metrics/score.js';
import type { Review } from '../model/label.js';
import type { RunFacts, RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';

/** The report of a run: its records in the order of their pairs, and every figure computed from them and the labels. */
export function runReport(
  run: RunFacts,
  tool: RunReport['tool'],
  records: readonly PairRecord[],
  review?: Review,
): RunReport {
  const sorted = [...records].sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
  const finished = { ...run, finishedAt: new Date().toISOString() };
  return withMetrics({ schemaVersion: 1, tool, run: finished, records: sorted }, review);
}

/** A report with its figures, the score of each record among them. */
export function withMetrics(report: Omit<RunReport, 'metrics'>, review?: Review): RunReport {
  const { run } = report;
  const records = report.records.map(withScore);
  return { ...report, records, metrics: computeMetrics(records, run.submissions, run.instances, review) };
}

/** A pair as one string, different for different pairs. */
export const pairKey = ({ model, instanceId }: Pick<PairRecord, 'model' | 'instanceId'>): string =>
  JSON.stringify([model, instanceId]);
