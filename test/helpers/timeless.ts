import type { RunReport } from '../../src/model/report.js';

/** A report without times, and without what says who ran which part of it. */
export function timeless(report: RunReport): string {
  const { id, startedAt, finishedAt, shard, instances, engine, ...run } = report.run;
  const hidden = new Set(['seconds', 'submitted']);
  return JSON.stringify({ ...report, run }, (key, value: unknown) => (hidden.has(key) ? null : value), 1);
}
