import { expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { disagreements, EXPECTED_PAIRS, EXPECTED_SUMMARY, type ExpectedPair } from './mini.js';

/** The tests that the report of a run of these pairs of `benchmarks/mini` judges them as expected, on any engine. */
export function judgesPairs(pairs: readonly ExpectedPair[], report: () => RunReport): void {
  it.each(pairs)('judges $instance_id of $model: $shows', (pair) => {
    expect(disagreements(report(), pair)).toEqual([]);
  });

  it('gives every prediction one record', () => {
    const names = report().records.map(({ model, instanceId }) => `${model} ${instanceId}`);
    expect(names.sort()).toEqual(pairs.map((pair) => `${pair.model} ${pair.instance_id}`).sort());
  });
}

/** The tests that the report of a run of all of `benchmarks/mini` is as its `expected.json`, on any engine. */
export function judgesAllOfMini(report: () => RunReport): void {
  judgesPairs(EXPECTED_PAIRS, report);

  it.each(Object.entries(EXPECTED_SUMMARY))('counts what %s came to', (model, expected) => {
    const { resolved, outcomes, ...metrics } = report().metrics.submissions.find(
      (one) => one.model === model,
    )!;
    const sizes = Object.fromEntries(Object.entries(outcomes).map(([outcome, ids]) => [outcome, ids.length]));
    expect({
      instances: metrics.instances,
      submitted: metrics.submitted,
      incomplete: metrics.incomplete,
      outcomes: sizes,
      reported: resolved.reported.count,
      after_own_tests: resolved.afterOwnTests.count,
      after_developer_tests: resolved.afterDeveloperTests.count,
      after_strong_evidence: resolved.afterStrongEvidence.count,
      after_any_divergence: resolved.afterAnyDivergence.count,
      unjudged: resolved.unjudged,
    }).toEqual(expected);
  });
}
