import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportSummary } from '../../src/export/strengthened-dataset.js';
import type { RunReport } from '../../src/model/report.js';
import { cli, onlyError, type CliResult } from '../helpers/cli.js';
import { userGit } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';
import { sharedMini } from '../helpers/shared-mini.js';

interface Row {
  readonly instance_id: string;
  readonly repo: string;
  readonly patch: string;
  readonly test_patch: string;
  readonly original_test_patch: string;
  readonly FAIL_TO_PASS: readonly string[];
  readonly original_FAIL_TO_PASS: readonly string[];
}

const out = await temporaryDirectory();
const run = path.join(out, 'run');
const instances = ['mini__intervals-1', 'mini__inicfg-4'];
let report: RunReport;
let result: CliResult;
let rows: Row[];
let summary: ExportSummary;

const jsonOf = async <T>(...file: string[]) => JSON.parse(await readFile(path.join(...file), 'utf8')) as T;

beforeAll(async () => {
  const chosen = instances.flatMap((id) => ['-i', id]);
  const env = { XDG_CACHE_HOME: (await sharedMini()).cache };
  await cli(['run', MINI, ...chosen, '--engine', 'local', '--out', out], { env });
  report = await readReport(path.join(run, 'report.json'));
  result = await cli(['export', run, '--swebench']);
  const text = await readFile(path.join(run, 'export', 'dataset.jsonl'), 'utf8');
  rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  summary = await jsonOf(run, 'export', 'summary.json');
});

describe('export --swebench', () => {
  it('writes the rows of the run and says what went in', () => {
    expect(result).toMatchObject({ exitCode: 0 });
    expect(rows.map(({ instance_id }) => instance_id).sort()).toEqual([...instances].sort());
    expect(result.stdout).toMatch(
      /^2 rows, 2 of them with \d+ tests? more \(different-value or stronger\)\n/,
    );
    expect(result.stdout).toMatch(/mini__intervals-1: FAIL_TO_PASS \+\d+; must fail: beta/);
    expect(result.stderr).toContain('dataset.jsonl');
  });

  it('accounts for every divergence of the run', () => {
    const found = report.records.flatMap(({ divergences }) => divergences.map(({ id }) => id));
    const told = [
      ...summary.tests.flatMap(({ divergences }) => divergences),
      ...summary.leftOut.map(({ divergence }) => divergence),
    ];
    expect(told.sort()).toEqual(found.sort());
  });

  it('asks base which list a test belongs to', () => {
    for (const { divergences } of report.records)
      for (const { test } of divergences) if (test) expect(test).toHaveProperty('passesOnBase');
  });

  it('gives test patches whose new tests base and the candidates fail and gold passes', async () => {
    for (const row of rows) {
      const own = summary.tests.filter(({ instanceId }) => instanceId === row.instance_id);
      expect(own.length).toBeGreaterThan(0);
      expect(row.FAIL_TO_PASS).toEqual([
        ...row.original_FAIL_TO_PASS,
        ...own.filter(({ list }) => list === 'FAIL_TO_PASS').map(({ id }) => id),
      ]);
      expect(row.test_patch.startsWith(row.original_test_patch)).toBe(true);
      expect(await failing(row, row.patch, own)).toEqual([]);
      const ids = (tests: typeof own) => tests.map(({ id }) => id).sort();
      expect(await failing(row, '', own)).toEqual(ids(own.filter(({ list }) => list === 'FAIL_TO_PASS')));
      for (const model of new Set(own.flatMap(({ failedBy }) => failedBy))) {
        const failed = await failing(row, await patchOf(model, row.instance_id), own);
        expect(failed).toEqual(
          expect.arrayContaining(ids(own.filter(({ failedBy }) => failedBy.includes(model)))),
        );
      }
    }
  });

  it('takes weaker evidence only where it is asked for', async () => {
    const weaker = path.join(out, 'weaker');
    await cli(['export', run, '--swebench', '--min-grade', 'different-text', '--out', weaker]);
    const grades = (await jsonOf<ExportSummary>(weaker, 'summary.json')).leftOut.map(({ reason }) => reason);
    expect(grades).not.toContain('below-grade');
    const refused = await cli(['export', run, '--swebench', '--min-grade', 'internal']);
    expect(refused.exitCode).toBe(2);
  });

  it('refuses a dataset that is not the one of the run', async () => {
    const other = path.join(out, 'other.jsonl');
    const text = await readFile(path.join(MINI, 'dataset.jsonl'), 'utf8');
    await writeFile(other, text.replace('"1.0"', '"1.1"'));
    const refused = await cli(['export', run, '--swebench', '--dataset', other]);
    expect(refused.exitCode).toBe(2);
    expect(onlyError(refused)).toContain('other.jsonl does not hold the rows that run run read');
    await writeFile(other, text);
    const accepted = ['export', run, '--swebench', '--dataset', other, '-o', path.join(out, 'accepted')];
    expect(await cli(accepted)).toMatchObject({ exitCode: 0 });
  });
});

describe('export --harness-logs', () => {
  it('writes beside the harness what it writes itself', async () => {
    const here = await temporaryDirectory();
    const logs = await cli(['export', path.join(run, 'report.json'), '--harness-logs'], { cwd: here });
    expect(logs).toMatchObject({
      exitCode: 0,
      stdout: 'patchdiff.alpha.run.json\npatchdiff.beta.run.json',
    });
    expect(await jsonOf(here, 'patchdiff.beta.run.json')).toMatchObject({
      schema_version: 2,
      total_instances: 2,
      unresolved_ids: ['mini__intervals-1'],
    });
    const pair = path.join(here, 'logs/patchdiff/run/beta/mini__intervals-1');
    expect((await readdir(pair)).sort()).toEqual(['patch.diff', 'report.json']);
    expect(await readFile(path.join(pair, 'patch.diff'), 'utf8')).toBe(
      await patchOf('beta', 'mini__intervals-1'),
    );
    expect(await jsonOf(pair, 'report.json')).toMatchObject({
      'mini__intervals-1': { resolved: false, patch_successfully_applied: true },
    });
  });
});

it('says what there is to export, and which folder is no run', async () => {
  expect(onlyError(await cli(['export', run]))).toContain('nothing to export');
  const refused = await cli(['export', out, '--swebench']);
  expect(refused.exitCode).toBe(2);
  expect(onlyError(refused)).toContain('report.json');
});

async function patchOf(model: string, instanceId: string): Promise<string> {
  const text = await readFile(path.join(MINI, 'predictions', `${model}.jsonl`), 'utf8');
  const all = text.trimEnd().split('\n');
  const parsed = all.map((line) => JSON.parse(line) as { instance_id: string; model_patch: string });
  return parsed.find(({ instance_id }) => instance_id === instanceId)!.model_patch;
}

const RUN = 'import runpy, sys\nrunpy.run_path(sys.argv[1])[sys.argv[2]]()';

/** Ids of the tests that fail on the row's tree with a patch and the row's test patch. */
async function failing(row: Row, patch: string, tests: ExportSummary['tests']): Promise<string[]> {
  const tree = await temporaryDirectory();
  await cp(path.join(MINI, row.repo), tree, { recursive: true });
  await userGit(tree, 'init', '-q');
  for (const input of [patch, row.test_patch])
    if (input !== '') await execa('git', ['apply', '-'], { cwd: tree, input });
  const failed: string[] = [];
  for (const { id } of tests) {
    const [file = '', name = ''] = id.split('::');
    const env = { PYTHONPATH: tree, PYTHONDONTWRITEBYTECODE: '1' };
    const { exitCode } = await execa('python3', ['-c', RUN, file, name], { cwd: tree, env, reject: false });
    if (exitCode !== 0) failed.push(id);
  }
  return failed.sort();
}
