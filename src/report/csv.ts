import { csvTable } from '../platform/escape/csv.js';
import { evidenceWord, strongestGrade } from '../metrics/evidence.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';

/** A run as comma-separated values: one line per pair, under a line of names. */
export function renderCsv({ records, metrics }: RunReport): string {
  const reported = new Map(
    metrics.submissions.map(({ model, resolved }) => [model, new Set(resolved.reported.ids)]),
  );
  const isReported = ({ model, instanceId }: PairRecord) => reported.get(model)?.has(instanceId) ?? false;
  return csvTable(records.map((record) => rowOf(record, isReported(record))));
}

function rowOf(record: PairRecord, reported: boolean): Readonly<Record<string, unknown>> {
  const { verdict, divergences, inputs, seconds, reusedFrom } = record;
  return {
    instance_id: record.instanceId,
    model: record.model,
    outcome: verdict.outcome,
    reason: verdict.outcome === 'unverifiable' ? verdict.reason : null,
    reported_resolved: reported,
    plausible: record.plausible,
    evidence: evidenceWord(record),
    score: record.score,
    strongest_grade: verdict.outcome === 'divergent' ? strongestGrade(record) : null,
    class: divergences[0]?.class ?? null,
    divergences: divergences.length,
    benchmark_failures: record.benchmarkFailures.length,
    developer_failures: record.developerFailures.length,
    developer_tests: record.developerTests?.run ?? null,
    developer_tests_of: record.developerTests?.of ?? null,
    inputs_tried: inputs.tried,
    inputs_different: inputs.different,
    inputs_flaky: inputs.flaky,
    seconds: seconds.total,
    same_as: reusedFrom?.model ?? null,
  };
}
