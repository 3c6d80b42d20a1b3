import { describe, expect, it } from 'vitest';
import { selectionHash } from '../../../src/datasets/shard.js';
import type { RunFacts, RunReport } from '../../../src/model/report.js';
import { mergeReports } from '../../../src/runs/merge.js';
import { runReport } from '../../../src/report/run-report.js';
import { aReport } from '../../helpers/builders.js';

const whole = aReport();

/** The part of the whole report that has these instances. */
function shard(index: number, instances: readonly string[], change: Partial<RunFacts> = {}): RunReport {
  const run: RunFacts = {
    ...whole.run,
    startedAt: `2026-01-0${index}T00:00:00.000Z`,
    instances,
    shard: { index, of: 2, selection: selectionHash(whole.run.instances) },
    submissions: whole.run.submissions.map((one) => ({
      ...one,
      submitted: one.submitted.filter((id) => instances.includes(id)),
    })),
    ...change,
  };
  return runReport(
    run,
    whole.tool,
    whole.records.filter(({ instanceId }) => instances.includes(instanceId)),
  );
}

const first = shard(1, ['demo-2']);
const second = shard(2, ['demo-1', 'demo-3']);
const merge = (...reports: readonly RunReport[]) =>
  mergeReports(
    'merged',
    reports.map((report, index) => ({ name: `s${index + 1}`, report })),
  );

describe(mergeReports, () => {
  it('gives the rates of the whole run, whatever the order', () => {
    for (const sut of [merge(first, second), merge(second, first)]) {
      expect(sut.metrics).toEqual(whole.metrics);
      expect(sut.records.map(({ instanceId, model }) => `${model} ${instanceId}`).sort()).toEqual(
        whole.records.map(({ instanceId, model }) => `${model} ${instanceId}`).sort(),
      );
      expect(sut.run).toMatchObject({ id: 'merged', shard: null, startedAt: '2026-01-01T00:00:00.000Z' });
      expect(sut.run.dataset.instances).toBe(3);
    }
  });

  const dataset = { ...whole.run.dataset, sha256: 'other' };
  const [m, ...rest] = second.run.submissions;
  const files = [{ path: 'm.jsonl', sha256: 'other' }];
  it.each([
    ['nothing', [], /no report to merge/],
    ['a run that is no shard', [whole], /s1 is not a shard/],
    ['a gap', [first], /shards are missing: 2\/2/],
    ['a shard twice', [first, second, first], /shard 1\/2 is there 2 times: s1, s3/],
    ['another dataset', [first, shard(2, second.run.instances, { dataset })], /different datasets/],
    ['other options', [first, shard(2, second.run.instances, { options: { seed: 1 } })], /different options/],
    [
      'other predictions',
      [first, shard(2, second.run.instances, { submissions: m ? [{ ...m, files }, ...rest] : [] })],
      /different predictions/,
    ],
    ['another version', [first, { ...second, tool: { ...second.tool, version: '9' } }], /different versions/],
    [
      'an overlap',
      [first, shard(2, ['demo-1', 'demo-2', 'demo-3'])],
      /not those that were selected|no submission/,
    ],
    ['a selection with a hole', [first, shard(2, ['demo-1'])], /not those that were selected/],
    [
      'an unfinished shard',
      [first, { ...runReport(second.run, second.tool, second.records.slice(0, 1)) }],
      /s2 has \d predictions? that the run did not reach/,
    ],
  ])('refuses %s', (_, reports, message) => {
    expect(() => merge(...reports)).toThrow(message);
  });
});
