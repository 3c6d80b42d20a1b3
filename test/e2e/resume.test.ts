import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { cli, startCli } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/git-fixtures.js';
import { MINI, readReport } from '../helpers/mini.js';

const SHARDED = ['mini__intervals-1', 'mini__inicfg-1', 'mini__jobq-1'];
const KILLED = ['mini__intervals-1'];
const KILLS = 50;

const command = (out: string, ids: readonly string[], ...more: readonly string[]) => [
  ...['run', MINI, '--engine', 'local', '-q', '-j', '2', '--out', out],
  ...ids.flatMap((id) => ['-i', id]),
  ...more,
];
const reportOf = async (out: string, id = 'run') => readReport(path.join(out, id, 'report.json'));

/** A report without times, and without what says how the run was divided. */
function timeless(report: RunReport): string {
  const { id, startedAt, finishedAt, shard, instances, ...run } = report.run;
  const hidden = new Set(['seconds', 'submitted']);
  return JSON.stringify({ ...report, run }, (key, value: unknown) => (hidden.has(key) ? null : value), 1);
}

it('comes to the same report however often it is killed, and whenever', async () => {
  const out = await temporaryDirectory();
  const started = Date.now();
  await cli(command(out, KILLED, '--run-id', 'whole'));
  const uninterrupted = Date.now() - started;
  const whole = timeless(await reportOf(out, 'whole'));
  const random = lcg(20261124);
  let finished = 0;
  for (let kills = 0; kills < KILLS;) {
    const running = startCli(command(out, KILLED, '--run-id', 'killed'), { env: { TMPDIR: out } });
    const ended = await Promise.race([
      running.then(() => true),
      delay(random() * 1.3 * uninterrupted, false),
    ]);
    if (ended) {
      finished += 1;
      expect(timeless(await reportOf(out, 'killed'))).toBe(whole);
      await rm(path.join(out, 'killed'), { recursive: true });
    } else {
      running.kill('SIGKILL');
      await running;
      kills += 1;
    }
  }
  expect(finished).toBeGreaterThan(0);
  expect(await cli(command(out, KILLED, '--run-id', 'killed'))).toMatchObject({ exitCode: 0 });
  expect(timeless(await reportOf(out, 'killed'))).toBe(whole);
}, 600_000);

it('makes of shards the report of the whole, and computes nothing twice', async () => {
  const out = await temporaryDirectory();
  const run = async (...more: readonly string[]) => cli(command(out, SHARDED, ...more));
  await run('--run-id', 'whole');
  for (const index of [1, 2, 3]) {
    expect(await run('--run-id', `s${index}`, '--shard', `${index}/3`)).toMatchObject({ exitCode: 0 });
  }
  const shards = [1, 2, 3].map((index) => path.join(out, `s${index}`));
  const gap = await cli(['merge', ...shards.slice(1), '--out', out]);
  expect(gap).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('shards are missing: 1/3') as string,
  });
  expect(await cli(['merge', ...shards, '--out', out])).toMatchObject({ exitCode: 0 });
  expect(timeless(await reportOf(out, 'merged'))).toBe(timeless(await reportOf(out, 'whole')));
  const tests = async (id: string) =>
    (await readdir(path.join(out, id, 'tests'), { recursive: true })).sort();
  expect(await tests('merged')).toEqual(await tests('whole'));

  const again = await run('--run-id', 'whole');
  expect(again.stderr).toMatch(/reused \d+ records/);
  const all = await run('--run-id', 'whole', '--retry', 'all');
  expect(all.stderr).not.toContain('reused');
}, 300_000);

/** Numbers from 0 to 1 that are the same in every run. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
