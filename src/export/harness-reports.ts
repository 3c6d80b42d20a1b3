import { failsOwnTests, strongestGrade } from '../metrics/evidence.js';
import type { Instance } from '../model/instance.js';
import type { RunReport } from '../model/report.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord, VerdictOutcome } from '../model/verdict.js';
import { verdictSentence } from '../report/words.js';

/** The harness's own run reports are of this version. */
const SCHEMA_VERSION = 2;

/** Outcomes with which the harness, too, counts an instance as completed: its tests could be run. */
const COMPLETED: readonly VerdictOutcome[] = ['consistent', 'divergent', 'unverifiable', 'not-reached'];

/** Whether a pair has a report of its own in the harness's layout. */
export const isCompleted = ({ verdict }: PairRecord): boolean => COMPLETED.includes(verdict.outcome);

/**
 * The instances that stay resolved: reported as resolved (or, without reported results, seen to pass the tests of the
 * benchmark), completed here, and without strong evidence against them.
 */
function resolvedIds({ resolved, outcomes }: SubmissionMetrics): string[] {
  const completed = new Set(COMPLETED.flatMap((outcome) => outcomes[outcome]));
  return resolved.afterStrongEvidence.ids.filter((id) => completed.has(id));
}

/**
 * The report of one submission under the names of the harness's counts. As there, `submitted` is the sum of completed,
 * empty and error instances, and `completed` that of resolved and unresolved ones. What the harness has no name for is
 * under `patchdiff`.
 */
export function harnessRunReport({ run, records, tool }: RunReport, metrics: SubmissionMetrics): object {
  const { outcomes, pending, resolved } = metrics;
  const ids = {
    completed: COMPLETED.flatMap((outcome) => outcomes[outcome]).sort(),
    incomplete: [...metrics.incomplete],
    empty_patch: [...outcomes.empty],
    submitted: [
      ...run.submissions.flatMap((one) => (one.model === metrics.model ? one.submitted : [])),
    ].sort(),
    resolved: resolvedIds(metrics),
    infra_failure: [...outcomes['infra-error']],
    ambiguous_failure: [] as string[],
    error: [
      ...outcomes['not-applied'],
      ...outcomes['invalid-row'],
      ...outcomes['infra-error'],
      ...pending,
    ].sort(),
  };
  const unresolved = ids.completed.filter((id) => !ids.resolved.includes(id));
  const own = records.filter(({ model }) => model === metrics.model);
  const failed = own.filter(({ verdict }) => verdict.outcome === 'infra-error');
  return {
    total_instances: metrics.instances,
    submitted_instances: ids.submitted.length,
    completed_instances: ids.completed.length,
    resolved_instances: ids.resolved.length,
    unresolved_instances: unresolved.length,
    infra_failure_instances: ids.infra_failure.length,
    ambiguous_failure_instances: ids.ambiguous_failure.length,
    empty_patch_instances: ids.empty_patch.length,
    error_instances: ids.error.length,
    completed_ids: ids.completed,
    incomplete_ids: ids.incomplete,
    empty_patch_ids: ids.empty_patch,
    submitted_ids: ids.submitted,
    resolved_ids: ids.resolved,
    unresolved_ids: unresolved,
    infra_failure_ids: ids.infra_failure,
    ambiguous_failure_ids: ids.ambiguous_failure,
    failure_reasons: Object.fromEntries(failed.map((record) => [record.instanceId, verdictSentence(record)])),
    error_ids: ids.error,
    schema_version: SCHEMA_VERSION,
    patchdiff: {
      version: tool.version,
      reported_resolved: resolved.source,
      reported_resolved_ids: resolved.reported.ids,
      resolved_by_any_divergence_ids: resolved.afterAnyDivergence.ids,
      unjudged_ids: resolved.unjudged,
      outcomes,
      pending_ids: pending,
    },
  };
}

/** The report of one pair in the harness's shape, with what patchdiff found under a name of its own. */
export function harnessInstanceReport(
  record: PairRecord,
  instance: Instance,
  metrics: SubmissionMetrics,
): Record<string, object> {
  const { verdict, divergences, instanceId } = record;
  const status = testsStatus(record, instance);
  return {
    [instanceId]: {
      patch_is_None: false,
      patch_exists: true,
      patch_successfully_applied: record.applied.candidate !== null,
      resolved: resolvedIds(metrics).includes(instanceId),
      infra_failure: false,
      ...(status === null ? {} : { tests_status: status }),
      patchdiff: {
        verdict,
        sentence: verdictSentence(record),
        grade: strongestGrade(record),
        divergences: divergences.map(({ id, grade, class: found }) => ({ id, grade, class: found })),
        developer_failures: record.developerFailures.map(({ id }) => id),
        left_out: record.leftOut,
      },
    },
  };
}

/** What came of the benchmark's tests; null where they were not run to their end. Those left out are in no list. */
function testsStatus(record: PairRecord, { failToPass, passToPass }: Instance): object | null {
  const failed = new Set(record.benchmarkFailures.map(({ id }) => id));
  if (record.plausible === null || (failsOwnTests(record) && failed.size === 0)) return null;
  const split = (ids: readonly string[]) => {
    const judged = ids.filter((id) => !record.leftOut.includes(id));
    return {
      success: judged.filter((id) => !failed.has(id)),
      failure: judged.filter((id) => failed.has(id)),
    };
  };
  const none = { success: [], failure: [] };
  return {
    FAIL_TO_PASS: split(failToPass),
    PASS_TO_PASS: split(passToPass),
    FAIL_TO_FAIL: none,
    PASS_TO_FAIL: none,
  };
}
