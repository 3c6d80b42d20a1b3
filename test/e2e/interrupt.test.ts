import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeCheckFixture } from '../helpers/check-fixtures.js';
import { cli, startCli, untilStage } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { lastWords, STAGES, stopAt } from '../helpers/interruption.js';
import { MINI, readReport } from '../helpers/mini.js';
import { processesIn } from '../helpers/processes.js';
import { silentServer } from '../helpers/silent-server.js';

const INSTANCES = ['-i', 'mini__inicfg-1', '-i', 'mini__inicfg-2', '-i', 'mini__jobq-1'];

async function recordsIn(out: string): Promise<number> {
  const files = await readdir(path.join(out, 'run', 'pairs'), { recursive: true });
  return files.filter((file) => file.endsWith('.json') && !path.basename(file).startsWith('.')).length;
}

describe('a signal during a run', () => {
  it.each(STAGES)('at the stage %s ends all work and keeps the records', async (_stage, words) => {
    const stopped = await stopAt(words, 'SIGINT', 'run', '--engine', 'local');
    expect(stopped.exitCode).toBe(130);
    expect(lastWords(stopped)).toEqual(['patchdiff: stopped by SIGINT']);
    expect(stopped.left).toEqual([]);
    expect(await processesIn(stopped.scratch)).toEqual([]);
    expect(stopped.report.records.map(({ verdict }) => verdict.outcome)).toEqual(['empty']);
    expect(stopped.report.metrics.overall.pending).toEqual(['beta/mini__inicfg-2']);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it as well', async (signal, exitCode) => {
    const stopped = await stopAt('inicfg-2 · survey', signal, 'run', '--engine', 'local');
    expect(stopped.exitCode).toBe(exitCode);
    expect(lastWords(stopped)).toEqual([`patchdiff: stopped by ${signal}`]);
    expect(stopped.left).toEqual([]);
  });

  it('a second one ends it at once, and its processes with it', async () => {
    const scratch = await temporaryDirectory();
    const where = ['--engine', 'local', '--out', await temporaryDirectory()];
    const running = startCli(['run', MINI, '-i', 'mini__inicfg-2', ...where], {
      env: { TMPDIR: scratch, NODE_DEBUG: 'patchdiff' },
    });
    await untilStage(running, 'beta · mutate');
    running.kill('SIGINT');
    await untilStage(running, 'Shutting down; press Ctrl-C again to force');
    running.kill('SIGTERM');
    const { exitCode, stdout } = await running;
    expect(stdout).toBe('');
    expect(exitCode).toBe(143);
    expect(await readdir(scratch)).not.toEqual([]); // one signal alone would have removed this
    await vi.waitFor(async () => {
      expect(await processesIn(scratch)).toEqual([]);
    }, 20_000);
    await rm(scratch, { recursive: true });
  });

  it('keeps what several workers computed, and the next run goes on from there', async () => {
    const out = await temporaryDirectory();
    const scratch = await temporaryDirectory();
    const args = [
      'run',
      MINI,
      '--engine',
      'local',
      '--mutants',
      '200',
      '-j',
      '2',
      '--out',
      out,
      ...INSTANCES,
    ];
    const running = startCli(args, { env: { TMPDIR: scratch } });
    await vi.waitFor(async () => {
      expect(await recordsIn(out)).toBeGreaterThanOrEqual(2);
    }, 120_000);
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(130);
    expect(stderr).not.toContain('    at ');
    expect(await readdir(scratch)).toEqual([]);
    expect(await processesIn(scratch)).toEqual([]);
    const { records, metrics } = await readReport(path.join(out, 'run', 'report.json'));
    expect(records.length).toBeGreaterThanOrEqual(2);
    expect(metrics.overall.pending).not.toEqual([]);

    const again = await cli(args);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain(`reused ${records.length} records`);
    const whole = await readReport(path.join(out, 'run', 'report.json'));
    expect(whole.metrics.overall.pending).toEqual([]);
    expect(whole.records).toEqual(expect.arrayContaining([...records]));
  });
});

/** A git server that takes calls and never says a word, in the place of GitHub. */
async function silentGitHub(): Promise<{
  called: Promise<unknown>;
  env: Record<string, string>;
  cache: string;
}> {
  const { host, called } = await silentServer();
  const [home, cache] = [await temporaryDirectory(), await temporaryDirectory()];
  const config = `[url "git://${host}/"]\n  insteadOf = https://github.com/\n`;
  await writeFiles(home, { '.gitconfig': config });
  return { called, env: { HOME: home, XDG_CACHE_HOME: cache }, cache };
}

describe('a signal during a clone', () => {
  const stopClone = async (args: readonly string[]) => {
    const { called, env, cache } = await silentGitHub();
    const running = startCli([...args, '--out', await temporaryDirectory()], { env });
    await called;
    running.kill('SIGINT');
    const result = await running;
    expect(result.exitCode).toBe(130);
    expect(lastWords(result)).toEqual(['patchdiff: stopped by SIGINT']);
    expect(await processesIn(cache)).toEqual([]);
    expect(await readdir(path.join(cache, 'patchdiff', 'repositories'))).toEqual([]);
  };

  it('ends a run', async () => {
    const directory = await temporaryDirectory();
    const row = {
      instance_id: 'a__b-1',
      repo: 'a/b',
      base_commit: 'HEAD',
      patch: 'x',
      FAIL_TO_PASS: [],
      PASS_TO_PASS: [],
    };
    const prediction = { instance_id: 'a__b-1', model_name_or_path: 'm', model_patch: 'y' };
    await writeFiles(directory, { 'data.jsonl': JSON.stringify(row), 'p.jsonl': JSON.stringify(prediction) });
    const [data, predictions] = ['data.jsonl', 'p.jsonl'].map((name) => path.join(directory, name)) as [
      string,
      string,
    ];
    await stopClone(['run', data, '-p', predictions, '--engine', 'local', '--no-sandbox']);
  });

  it('ends a check', async () => {
    const { gold, wrong } = await makeCheckFixture();
    const what = ['--repo', 'https://github.com/a/b.git', '--gold', gold, '--candidate', wrong];
    await stopClone(['check', ...what, '--engine', 'local']);
  });
});
