import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { hubServer } from '../helpers/hub-server.js';
import { MINI, readReport } from '../helpers/mini.js';
import { parquetOf } from '../helpers/parquet.js';

const COMMIT = 'd'.repeat(40);

type Row = Record<string, unknown> & { readonly repo: string; readonly instance_id: string };

it('audits a leaderboard submission for a dataset of the hub, and again without the hub', async () => {
  const directory = await temporaryDirectory();
  const lines = (await readFile(path.join(MINI, 'dataset.jsonl'), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Row).slice(0, 2);
  const ids = rows.map(({ instance_id: id }) => id);
  const published = rows.map((row) => ({ ...row, repo: row.repo.replace('repos/', 'mini/') }));
  const files = { 'data/test-00000-of-00001.parquet': parquetOf(published) };
  const server = await hubServer({ 'SWE-bench/SWE-bench_Lite': { commit: COMMIT, files } });
  const gold = rows.map(({ instance_id: id, patch }) => ({ instance_id: id, model_patch: patch }));
  await writeFiles(directory, {
    'sub/all_preds.jsonl': gold.map((one) => JSON.stringify(one)).join('\n'),
    'sub/results/results.json': JSON.stringify({ resolved: ids }),
    'sub/per_instance_details.json': JSON.stringify({ [ids[0] ?? '']: { resolved: true } }),
  });
  const run = async (id: string) =>
    cli(
      ['run', 'lite', '-p', `${directory}/sub`, '--repos-dir', `${MINI}/repos`, '--engine', 'local'].concat([
        '--no-sandbox',
        '--run-id',
        id,
        '--out',
        directory,
      ]),
      { env: { HF_ENDPOINT: server.url, XDG_CACHE_HOME: `${directory}/cache` } },
    );
  const first = await run('first');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stderr).toContain('per_instance_details.json counts 1');
  const report = await readReport(path.join(directory, 'first', 'report.json'));
  expect(report.run.dataset.hub).toEqual({ id: 'SWE-bench/SWE-bench_Lite', revision: COMMIT, split: 'test' });
  expect(report.records.map(({ model, verdict }) => [model, verdict.outcome])).toEqual(
    ids.map(() => ['sub', 'consistent']),
  );
  expect(report.metrics.overall.resolved).toMatchObject({
    source: path.join(directory, 'sub/results/results.json'),
    reported: { count: 2 },
  });
  await server.close();
  const second = await run('second');
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second.stderr).toContain(`as it was at ${COMMIT}`);
});
