import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli, startCli, untilStage } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';
import { startRedis, type RedisServer } from '../helpers/redis.js';
import { timeless } from '../helpers/timeless.js';

const INSTANCES = ['mini__intervals-1', 'mini__inicfg-1', 'mini__jobq-3'];
const COMMAND = ['run', MINI, '-q', '--mutants', '300', ...INSTANCES.flatMap((id) => ['-i', id])];

let redis: RedisServer;
let out: string;
beforeAll(async () => {
  redis = await startRedis();
  out = await temporaryDirectory();
});
afterAll(async () => {
  await redis.stop();
});

const reportOf = (id: string) => readReport(path.join(out, id, 'report.json'));
const testsOf = async (id: string) =>
  (await readdir(path.join(out, id, 'tests'), { recursive: true })).sort();

function startWorker(url: string) {
  const where = ['--engine', 'local', '--no-sandbox', '--repos-dir', MINI];
  return startCli(['worker', '--queue', url, '--lock', '20', ...where], { env: { NODE_DEBUG: 'patchdiff' } });
}

it('comes to the same report as without workers, though a worker and the collector are killed', async () => {
  const workers = [1, 2, 3].map(() => startWorker(redis.url));
  await Promise.all(workers.map((worker) => untilStage(worker, ' works for ')));
  const collect = [...COMMAND, '--queue', redis.url, '--out', out, '--run-id', 'queued'];
  const collector = startCli(collect);
  const [killed, stopped, left] = workers as [(typeof workers)[0], (typeof workers)[0], (typeof workers)[0]];
  await untilStage(killed, ' · mutate');
  killed.kill('SIGKILL');
  collector.kill('SIGKILL');
  await Promise.all([killed, collector]);

  const again = startCli(collect);
  stopped.kill('SIGINT'); // what it has in hand goes to the one that is left
  const ended = await stopped;
  expect(ended.exitCode).toBe(130);
  expect(ended.stderr).not.toContain('    at ');
  expect(await again).toMatchObject({ exitCode: 0 });
  left.kill('SIGINT');
  expect(await left).toMatchObject({ exitCode: 130 });

  const here = ['--engine', 'local', '--no-sandbox', '--no-reuse', '--out', out, '--run-id', 'whole'];
  expect(await cli([...COMMAND, ...here])).toMatchObject({ exitCode: 0 });
  const report = await reportOf('queued');
  expect(report.records).toHaveLength(report.metrics.overall.submitted);
  expect(timeless(report)).toBe(timeless(await reportOf('whole')));
  expect(await testsOf('queued')).toEqual(await testsOf('whole'));

  // Everything is in the folder: no worker is needed.
  const third = await cli(collect);
  expect(third).toMatchObject({ exitCode: 0 });
  expect(third.stderr).toContain(`reused ${report.records.length} records`);
}, 1_800_000);

it('leaves where patches run to the workers', async () => {
  const refused = await cli([...COMMAND, '--queue', redis.url, '--python', 'python3', '--no-sandbox']);
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain(
    '--python and --no-sandbox cannot be combined with --queue; pass them to patchdiff worker',
  );
});

it.each([
  ['run', [...COMMAND]],
  ['worker', ['worker', '--engine', 'local', '--no-sandbox']],
])('%s says when no Redis answers', async (_what, args) => {
  const silent = await startRedis();
  await silent.stop();
  const result = await cli([
    ...args,
    '--queue',
    silent.url.replace('//', '//user:secret@'),
    ...(args[0] === 'run' ? ['--out', out] : []),
  ]);
  expect(result).toMatchObject({ exitCode: 2 });
  expect(result.stderr).toContain(`no Redis answers at ${silent.url}`);
  expect(result.stderr).not.toContain('secret');
});
