import { describe, expect, it } from 'vitest';
import { harnessInstanceReport, harnessRunReport } from '../../../src/export/harness-reports.js';
import type { TestFailure, Verdict } from '../../../src/model/verdict.js';
import { runReport } from '../../../src/report/run-report.js';
import { aDivergence, aRecord, aReport } from '../../helpers/builders.js';
import { anInstance } from '../../helpers/export-fixtures.js';

const outcomes: Readonly<Record<string, Verdict>> = {
  same: { outcome: 'consistent', identical: false },
  differs: { outcome: 'divergent' },
  unsure: { outcome: 'unverifiable', reason: 'gold-flaky', detail: '' },
  unreached: { outcome: 'not-reached' },
  reject: { outcome: 'not-applied', detail: '' },
  none: { outcome: 'empty' },
  broken: { outcome: 'infra-error', detail: 'no image' },
};
const ids = Object.keys(outcomes);
const records = ids.map((instanceId) =>
  aRecord({
    instanceId,
    verdict: outcomes[instanceId]!,
    divergences: instanceId === 'differs' ? [aDivergence()] : [],
  }),
);
const { run, tool } = aReport();
const submitted = [...ids, 'later'];
const submissions = [
  { model: 'm', files: [], submitted, reported: { ids: ['same', 'differs', 'broken'], source: 'r' } },
];
const report = runReport({ ...run, instances: [...submitted, 'absent'], submissions }, tool, records);
const [metrics] = report.metrics.submissions;

describe(harnessRunReport, () => {
  const sut = harnessRunReport(report, metrics!) as Record<string, number | string[]>;

  it('has the counts of the harness, each with its ids', () => {
    expect(sut).toMatchObject({
      schema_version: 2,
      total_instances: 9,
      submitted_ids: submitted.sort(),
      completed_ids: ['differs', 'same', 'unreached', 'unsure'],
      resolved_ids: ['same'],
      unresolved_ids: ['differs', 'unreached', 'unsure'],
      empty_patch_ids: ['none'],
      error_ids: ['broken', 'later', 'reject'],
      infra_failure_ids: ['broken'],
      ambiguous_failure_ids: [],
      incomplete_ids: ['absent'],
      failure_reasons: { broken: 'the machinery failed; run again to retry: no image' },
    });
  });

  it.each(['submitted', 'completed', 'resolved', 'unresolved', 'empty_patch', 'error', 'infra_failure'])(
    'counts the %s ids right',
    (name) => {
      expect(sut[`${name}_instances`]).toBe((sut[`${name}_ids`] as string[]).length);
    },
  );

  it('adds up as the reports of the harness do', () => {
    const count = (name: string) => sut[`${name}_instances`] as number;
    expect(count('completed')).toBe(count('resolved') + count('unresolved'));
    expect(count('submitted')).toBe(count('completed') + count('empty_patch') + count('error'));
  });

  it('keeps what was reported apart from what is left of it', () => {
    expect(sut['patchdiff']).toMatchObject({
      reported_resolved: 'r',
      reported_resolved_ids: ['broken', 'differs', 'same'],
      pending_ids: ['later'],
    });
  });
});

describe(harnessInstanceReport, () => {
  const failure: TestFailure = {
    id: 'tests/unit/test_f.py::test_old',
    file: '',
    gold: 'passed',
    candidate: 'failed',
  };
  const of = (overrides: Parameters<typeof aRecord>[0]) => {
    const record = aRecord({ instanceId: 'same', ...overrides });
    return harnessInstanceReport(record, anInstance(), metrics!)['same'] as Record<string, unknown>;
  };

  it('says what the harness would, and what was found', () => {
    expect(of({})).toMatchObject({
      patch_exists: true,
      patch_successfully_applied: true,
      resolved: true,
      tests_status: { FAIL_TO_PASS: { success: ['tests/unit/test_f.py::test_new'], failure: [] } },
      patchdiff: { verdict: { outcome: 'consistent' }, grade: null },
    });
  });

  it('lists the tests that failed, and none that the judgement does without', () => {
    const status = of({
      plausible: false,
      benchmarkFailures: [failure],
      leftOut: ['tests/unit/test_f.py::test_new'],
    });
    expect(status['tests_status']).toMatchObject({
      FAIL_TO_PASS: { success: [], failure: [] },
      PASS_TO_PASS: { success: [], failure: [failure.id] },
    });
  });

  it('says nothing of tests that were not run to their end', () => {
    expect(of({ plausible: null })).not.toHaveProperty('tests_status');
    expect(of({ plausible: false })).not.toHaveProperty('tests_status');
  });
});
