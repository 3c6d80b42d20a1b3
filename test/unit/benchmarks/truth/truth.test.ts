import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTruthArguments } from '../../../../benchmarks/bench/truth/arguments.js';
import { disagreementsOf, disagreementText } from '../../../../benchmarks/bench/truth/disagreements.js';
import { partsOf, type Figure } from '../../../../benchmarks/bench/truth/figures.js';
import { clusterInterval, shareOf } from '../../../../benchmarks/bench/truth/intervals.js';
import { joinTruth } from '../../../../benchmarks/bench/truth/join.js';
import { readTruth, type TruthLabel } from '../../../../benchmarks/bench/truth/labels.js';
import { readJoin } from '../../../../benchmarks/bench/truth/read.js';
import { readTruthRun } from '../../../../benchmarks/bench/truth/runs.js';
import type { PairRecord } from '../../../../src/model/verdict.js';
import { renderReportJson } from '../../../../src/report/json.js';
import { RunFolder } from '../../../../src/runs/run-folder.js';
import { aDivergence, aRecord, aReport } from '../../../helpers/builders.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const aTruth = (overrides: Partial<TruthLabel> = {}): TruthLabel => ({
  id: 'demo-1#0',
  instanceId: 'demo-1',
  submissions: ['m'],
  patchSha256: 'b',
  label: 'incorrect',
  scope: 'regression',
  confidence: 0.9,
  input: 'f(7)',
  answers: { base: '1', gold: '1', candidate: '2' },
  why: 'because',
  constructed: false,
  ...overrides,
});
const divergent = (grade: 'different-value' | 'internal', overrides: Partial<PairRecord> = {}) =>
  aRecord({ verdict: { outcome: 'divergent' }, divergences: [aDivergence({ grade })], ...overrides });
const run = (...records: PairRecord[]) => ({ folder: 'run', reportFile: 'run/report.json', records });

const LINE = {
  id: 'demo-2#0',
  instance_id: 'demo-2',
  submissions: ['m'],
  patch_sha256: 'b',
  label: 'incorrect',
  scope: 'in_issue',
  contrived_only: false,
  confidence: 0.9,
  plausible_input: 'f(7)',
  base: null,
  gold: '1',
  candidate: '2',
  why: 'w',
};

async function file(name: string, content: string): Promise<string> {
  const to = path.join(folder, name);
  await writeFile(to, content);
  return to;
}

describe(readTruth, () => {
  it('reads lines, with what is null as empty', async () => {
    const [label] = await readTruth(await file('a.jsonl', `${JSON.stringify(LINE)}\n\n`));
    expect(label).toMatchObject({ id: 'demo-2#0', label: 'incorrect', input: 'f(7)', constructed: false });
    expect(label?.answers).toEqual({ base: '', gold: '1', candidate: '2' });
  });

  it.each([
    ['no JSON', '{', /b\.jsonl, line 2, is not JSON/],
    ['another label', JSON.stringify({ ...LINE, label: 'good' }), /b\.jsonl, line 2, is no label: label/],
    ['a second label of the same id', JSON.stringify(LINE), /two labels with the id demo-2#0/],
  ])('refuses %s, and says where', async (_, line, message) => {
    const bad = await file('b.jsonl', `${JSON.stringify(LINE)}\n${line}\n`);
    await expect(readTruth(bad)).rejects.toThrow(message);
  });

  it('takes from a bundled benchmark what is wrong or right by construction', async () => {
    const expected = new URL('../../../../benchmarks/mini/expected.json', import.meta.url).pathname;
    const labels = await readTruth(expected);
    expect(new Set(labels.map(({ label }) => label))).toEqual(new Set(['fine', 'incorrect']));
    expect(labels.every(({ constructed }) => constructed)).toBe(true);
  });
});

describe(readTruthRun, () => {
  it('reads a report, its folder, and the records of a run that has not ended', async () => {
    const whole = path.join(folder, 'whole');
    const ended = await RunFolder.open(folder, 'whole');
    await ended.write(ended.reportFile, renderReportJson(aReport()));
    expect((await readTruthRun(ended.reportFile)).records).toHaveLength(4);
    expect((await readTruthRun(whole)).records.map(({ score }) => score)).not.toEqual([null]);
    const begun = await RunFolder.open(folder, 'begun');
    await begun.writeRecord({ key: 'k', record: divergent('internal'), replay: {} as never });
    const [record] = (await readTruthRun(path.join(folder, 'begun'))).records;
    expect(record?.score).toBeGreaterThan(0);
    await expect(readTruthRun(folder)).rejects.toThrow(/neither a report.json nor records/);
  });

  it('joins what it read', async () => {
    const labels = [await file('c.jsonl', JSON.stringify(LINE))];
    const { joined } = await readJoin({ runs: [path.join(folder, 'whole')], labels });
    expect(joined.map(({ said }) => said)).toEqual(['strong']);
  });
});

describe(joinTruth, () => {
  it('finds a record by its submission, or else by the hash of its patch', () => {
    const other = aRecord({ model: 'elsewhere' });
    const { joined, missing, unlabelled } = joinTruth(
      [aTruth({ submissions: ['x', 'm'] }), aTruth({ id: 'demo-2#0', instanceId: 'demo-2' })],
      [run(other, aRecord({ model: 'm', hashes: { ...other.hashes, candidatePatch: 'z' } }))],
    );
    expect(joined.map(({ record }) => record.model)).toEqual(['m']);
    expect(missing.map(({ id }) => id)).toEqual(['demo-2#0']);
    expect(unlabelled).toBe(1);
    expect(joinTruth([aTruth({ submissions: ['x'] })], [run(other)]).joined[0]?.record).toBe(other);
  });

  it('says where the patch of a submission is another than the labelled one', () => {
    const { otherText } = joinTruth([aTruth({ patchSha256: 'c' })], [run(aRecord())]);
    expect(otherText).toHaveLength(1);
  });

  it('counts a patch of several submissions once, by a record that is judged', () => {
    const unjudged = aRecord({ verdict: { outcome: 'not-reached' } });
    const judged = divergent('different-value', { model: 'n' });
    const { joined } = joinTruth([aTruth({ submissions: ['m', 'n'] })], [run(unjudged), run(judged)]);
    expect(joined.map(({ said }) => said)).toEqual(['strong']);
  });
});

const labelled = [
  ['incorrect', divergent('different-value')],
  ['incorrect', divergent('internal')],
  ['incorrect', aRecord()],
  ['incorrect', aRecord({ verdict: { outcome: 'not-reached' } })],
  ['debatable', divergent('different-value')],
  ['fine', divergent('different-value')],
  ['fine', divergent('internal')],
  ['fine', aRecord()],
] as const;
const joined = labelled.flatMap(([label, record], index) => {
  const instanceId = `org__demo-${Math.floor(index / 2)}`;
  const model = `m${index}`;
  const truth = aTruth({ id: String(index), instanceId, submissions: [model], label });
  return joinTruth([truth], [run({ ...record, instanceId, model })]).joined;
});

describe('figures', () => {
  it.each<[Figure, number, number]>([
    ['recall of incorrect by strong', 1, 3],
    ['recall of incorrect by any difference', 2, 3],
    ['recall by strong, the unjudged as missed', 1, 4],
    ['precision of strong', 1, 3],
    ['precision of strong, debatable as right', 2, 3],
    ['fine with strong evidence', 1, 3],
  ])('%s: %d of %d', (figure, hits, whole) => {
    const parts = partsOf(joined, figure);
    const sum = (key: 'hits' | 'whole') => parts.reduce((total, part) => total + part[key], 0);
    expect([sum('hits'), sum('whole')]).toEqual([hits, whole]);
    expect(parts).toHaveLength(4);
  });

  it('have wider intervals where the patches of an instance are alike', () => {
    const part = (hits: number, whole: number) => ({ hits, whole });
    const width = (parts: { hits: number; whole: number }[]) => {
      const { low, high } = clusterInterval(parts, shareOf)!;
      return high - low;
    };
    const apart = Array.from({ length: 40 }, (_, index) => part(index % 2, 1));
    const together = Array.from({ length: 8 }, (_, index) => part((index % 2) * 5, 5));
    expect(width(together)).toBeGreaterThan(1.5 * width(apart));
    expect(clusterInterval([part(1, 1)], shareOf)).toBeNull();
  });
});

describe(disagreementsOf, () => {
  const found = disagreementsOf(joined);

  it('lists what is on the wrong side, and nothing else', () => {
    expect(found.map(({ kind, id }) => `${id} ${kind}`)).toEqual([
      '5 fine, and strong',
      '4 debatable, and strong',
      '2 incorrect, and missed',
      '1 incorrect, and weak only',
    ]);
  });

  it('shows the finding with its answers and where to open it, beside the label', () => {
    const text = disagreementText(found[0]!);
    expect(text).toContain('fine, and strong: 5 (m5');
    expect(text).toContain('finding d1: different-value, extra, observed');
    expect(text).toContain('candidate: 2');
    expect(text).toContain('run/report.html#pair=m5%2Forg__demo-2');
    expect(text).toContain('patchdiff replay run/report.json --divergence d1');
    expect(text).toContain('confidence 0.9. because');
    expect(text).toContain('f(7)');
  });
});

describe(readTruthArguments, () => {
  it('tells labels from runs', () => {
    expect(readTruthArguments(['a/report.json', 'b', 'l.jsonl', '-l', 'k.jsonl'])).toMatchObject({
      runs: ['a/report.json', 'b'],
      labels: ['k.jsonl', 'l.jsonl'],
      write: false,
    });
    expect(() => readTruthArguments(['l.jsonl'])).toThrow(/Name a report/);
    expect(() => readTruthArguments(['run'])).toThrow(/Name a file of labels/);
  });
});
