import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { cli, ROOT, startCli, untilStage } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { STAGES } from '../helpers/interruption.js';
import { MINI, readReport } from '../helpers/mini.js';
import { NIGHTLY } from '../helpers/nightly.js';
import { processesIn } from '../helpers/processes.js';
import { timeless } from '../helpers/timeless.js';

const INSTANCES = ['mini__intervals-3', 'mini__inicfg-1', 'mini__jobq-3'];
/** A short search is enough, as what counts is where it goes on. */
const QUICK = ['--mutants', '200'];
/** Quick ones that come to every stage and to tests that are written: what counts is how often they are killed. */
const KILLED = ['mini__intervals-3', 'mini__inicfg-1'];
const KILLS = 50;

const command = (out: string, ids: readonly string[], ...more: readonly string[]) => [
  ...['run', MINI, '--engine', 'local', '-q', '-j', '2', ...QUICK, '--out', out],
  ...ids.flatMap((id) => ['-i', id]),
  ...more,
];
const reportOf = async (out: string, id = 'run') => readReport(path.join(out, id, 'report.json'));

/** The content of every file of a run, without times and without where it lies. */
async function contentOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const contents = files.sort().map(async (file) => {
    const text = await readFile(file, 'utf8');
    const plain = file.endsWith('.json')
      ? withoutTimes(text)
      : file.endsWith('.md')
        ? text.replaceAll(/\d+(\.\d+)? (h|min|s)( \d+ (min|s))?\b/g, 'TIME')
        : text;
    return [path.relative(directory, file), plain.replaceAll(path.relative(ROOT, directory), 'RUN')] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

function withoutTimes(json: string): string {
  const times = new Set(['seconds', 'startedAt', 'finishedAt']);
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => (times.has(key) ? null : value), 1);
}

/** Directories for runs that are killed, and what a run that is not killed comes to. */
async function uninterrupted(ids: readonly string[]) {
  const [whole, out, scratch, cache] = await Promise.all([
    temporaryDirectory(),
    temporaryDirectory(),
    temporaryDirectory(),
    temporaryDirectory(),
  ]);
  // The time budget is one that no machine exceeds, as what is compared must not depend on time.
  const run = (directory: string) => [...command(directory, ids), '--budget', '900', '--no-reuse'];
  const env = { TMPDIR: scratch, XDG_CACHE_HOME: cache };
  const started = Date.now();
  expect(await cli(run(whole), { env })).toMatchObject({ exitCode: 0 });
  const milliseconds = Date.now() - started;
  const expected = await contentOf(path.join(whole, 'run'));

  /** A last run, which nothing interrupts, comes to the same, and no process or temporary file is left. */
  async function expectSame(): Promise<void> {
    await vi.waitFor(async () => {
      expect(await processesIn(scratch)).toEqual([]);
    }, 20_000);
    expect(await cli(run(out), { env })).toMatchObject({ exitCode: 0 });
    expect(await contentOf(path.join(out, 'run'))).toEqual(expected);
    expect(await readdir(scratch)).toEqual([]);
    const cached = await readdir(cache, { recursive: true });
    expect(cached.filter((name) => name.includes('.part-'))).toEqual([]);
  }
  return { out, run: run(out), env, milliseconds, expected, expectSame };
}

/** Kills a run: the process alone, which must end what it started, or everything at once. */
async function kill(running: ReturnType<typeof startCli>, alone: boolean): Promise<void> {
  process.kill(alone ? running.pid! : -running.pid!, 'SIGKILL');
  await running;
}

it('comes to the same files when it was killed at every stage', async () => {
  const { run, env, expectSame } = await uninterrupted(['mini__inicfg-2']);
  for (const [index, [, words]] of STAGES.entries()) {
    const running = startCli(run, { env: { ...env, NODE_DEBUG: 'patchdiff' }, detached: true });
    await untilStage(running, words);
    await kill(running, index % 2 === 1);
  }
  await expectSame();
});

it.runIf(NIGHTLY)(
  'comes to the same files however often it is killed, and whenever',
  async () => {
    const { out, run, env, milliseconds, expected, expectSame } = await uninterrupted(KILLED);
    const random = lcg(20261124);
    for (let kills = 0; kills < KILLS;) {
      const running = startCli(run, { env, detached: true });
      const ended = await Promise.race([
        running.then(() => true),
        // Most of them early, and some so late that a run may end first.
        delay(random() ** 2 * 1.2 * milliseconds, false),
      ]);
      if (ended) {
        expect(await contentOf(path.join(out, 'run'))).toEqual(expected);
        await rm(path.join(out, 'run'), { recursive: true });
      } else {
        await kill(running, kills % 2 === 1);
        kills += 1;
      }
    }
    await expectSame();
  },
  1_800_000,
);

it('makes of shards the report of the whole, and computes nothing twice', async () => {
  const out = await temporaryDirectory();
  const run = async (...more: readonly string[]) => cli(command(out, INSTANCES, ...more));
  expect(await run('--run-id', 'whole', '--no-reuse')).toMatchObject({ exitCode: 0, stderr: '' });
  for (const index of [1, 2, 3]) {
    expect(await run('--run-id', `s${index}`, '--shard', `${index}/3`, '--no-reuse')).toMatchObject({
      exitCode: 0,
    });
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
  const all = await run('--run-id', 's1', '--shard', '1/3', '--retry', 'all', '--no-reuse');
  expect(all).toMatchObject({ exitCode: 0 });
  expect(all.stderr).not.toContain('reused');
}, 600_000);

/** Numbers from 0 to 1 that are the same in every run. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
