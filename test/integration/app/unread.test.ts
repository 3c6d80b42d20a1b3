import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditRun, OptionError } from '../../../src/index.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { MINI } from '../../helpers/mini.js';
import { rejected } from '../../helpers/rejected.js';

const GOOD = 'mini__jobq-2';
let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  vi.stubEnv('XDG_CACHE_HOME', await temporaryDirectory());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A dataset of one good row, one without a gold patch, and a line that is no JSON; and predictions for it. */
async function inputs() {
  const rows = (await readFile(path.join(MINI, 'dataset.jsonl'), 'utf8')).split('\n').filter(Boolean);
  const good = rows
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find((row) => row['instance_id'] === GOOD);
  const row: Record<string, unknown> = { ...good, repo: path.resolve(MINI, String(good?.['repo'])) };
  const prediction = (id: string, patch: unknown) =>
    JSON.stringify({ instance_id: id, model_name_or_path: 'm\u001b[31m', model_patch: patch });
  await writeFiles(directory, {
    'data.jsonl': [
      JSON.stringify(row),
      JSON.stringify({ ...row, instance_id: 'bad-1', patch: '' }),
      'no JSON',
      '',
    ].join('\n'),
    'p.jsonl': [prediction(GOOD, row['patch']), prediction('bad-1', 'x'), 'no JSON either'].join('\n'),
    'q.jsonl': [prediction(GOOD, 7), prediction('bad-1', 'x')].join('\n'),
  });
  return { dataset: path.join(directory, 'data.jsonl'), predictions: [path.join(directory, 'p.jsonl')] };
}

const options = { engine: 'local', budget: 5, mutants: 50 } as const;

describe('rows and predictions that cannot be read', () => {
  it('stop only themselves: each is named and counted, and the rest runs', async () => {
    const messages: string[] = [];
    const recognised: string[] = [];
    const given = { ...(await inputs()), ...options, out: directory };
    const watch = {
      onMessage: (message: string) => void messages.push(message),
      onInput: (description: string) => void recognised.push(description),
    };
    const { report } = await auditRun(given, watch);
    const { outcomes, submitted, instances } = report.metrics.overall;
    expect([submitted, instances]).toEqual([2, 2]);
    expect(outcomes['invalid-row']).toEqual(['m\u001b[31m/bad-1']);
    expect(outcomes.consistent).toHaveLength(1);
    expect(report.run.unreadable).toEqual({ rows: 1, predictions: 1 });
    expect(report.records.find(({ instanceId }) => instanceId === 'bad-1')?.verdict).toMatchObject({
      outcome: 'invalid-row',
      detail: expect.stringContaining('data.jsonl:2: field patch: must not be empty') as string,
    });
    expect(recognised).toEqual([expect.stringMatching(/p\.jsonl: 2 predictions, SWE-bench predictions$/)]);
    expect(messages).toEqual([
      expect.stringContaining('data.jsonl:2: field patch'),
      expect.stringContaining('data.jsonl:3: not valid JSON'),
      expect.stringContaining('p.jsonl:3: the last record is cut off'),
    ]);
    const again = await auditRun(given);
    expect(again.report.metrics.overall.outcomes).toEqual(outcomes);
  });

  it('do not matter where others are named', async () => {
    const messages: string[] = [];
    const given = { ...(await inputs()), ...options, out: directory, instances: [GOOD], strict: true };
    const { report } = await auditRun(given, { onMessage: (message) => void messages.push(message) });
    expect([report.records.length, report.run.unreadable, messages]).toEqual([1, undefined, []]);
  });

  it('are an error with strict', async () => {
    const error = await rejected(auditRun({ ...(await inputs()), ...options, out: directory, strict: true }));
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toMatch(
      /data\.jsonl:2: field patch: must not be empty \(and 1 more that cannot be read\)/,
    );
  });

  it('are an error where nothing else was asked for', async () => {
    const given = { ...(await inputs()), ...options, out: directory };
    const row = await rejected(auditRun({ ...given, instances: ['bad-1'] }));
    expect(row.message).toContain('data.jsonl:2: field patch');
    const predictions = [path.join(directory, 'q.jsonl')];
    const prediction = await rejected(auditRun({ ...given, predictions, instances: [GOOD] }));
    expect(prediction.message).toContain('q.jsonl:1: field model_patch: must be text or null');
  });
});
