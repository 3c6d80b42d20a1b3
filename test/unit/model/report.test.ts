import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { renderReportJson } from '../../../src/report/json.js';
import { reportJsonSchema, runReportSchema as sut } from '../../../src/model/report.js';
import type { Observation } from '../../../src/model/observation.js';
import { aReport } from '../../helpers/builders.js';

/** Every key that the report writes is in the schema: what the schema does not know, parsing drops. */
it('describes the whole report', () => {
  const written = JSON.parse(renderReportJson(aReport())) as unknown;
  expect(sut.parse(written)).toEqual(written);
});

it('describes every canonical form that the probe may write', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../../conformance/compare.json', import.meta.url), 'utf8'),
  ) as { left: Observation; right: Observation }[];
  const [record, ...others] = aReport().records;
  const divergences = aReport().records.flatMap((one) => one.divergences);
  for (const { left, right } of vectors) {
    const observations = { base: left, gold: left, candidate: right };
    const records = [
      { ...record!, divergences: divergences.map((one) => ({ ...one, observations })) },
      ...others,
    ];
    const report = { ...aReport(), records };
    expect(sut.parse(report)).toEqual(report);
  }
});

it.each([
  ['another version', { schemaVersion: 2 }],
  ['no records', { records: undefined }],
  ['a verdict that does not exist', { records: [{ ...aReport().records[0], verdict: { outcome: 'fine' } }] }],
])('refuses %s', (_, change) => {
  expect(sut.safeParse({ ...aReport(), ...change }).success).toBe(false);
});

it('is the shipped schema (update it with vitest -u)', async () => {
  const file = new URL('../../../schema/report.schema.json', import.meta.url).pathname;
  const text = await format(JSON.stringify(reportJsonSchema()), {
    ...(await resolveConfig(file)),
    filepath: file,
  });
  await expect(text).toMatchFileSnapshot(file);
});
