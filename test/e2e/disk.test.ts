import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, describe, it } from 'vitest';
import { makeCheckFixture } from '../helpers/check-fixtures.js';
import { cli, onlyError, startCli, untilStage } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';
import { smallDisk } from '../helpers/small-disk.js';

const INSTANCES = ['-i', 'mini__inicfg-1', '-i', 'mini__inicfg-2', '-i', 'mini__inicfg-4'];

const runInto = (out: string) =>
  ['run', MINI, '--engine', 'local', '--mutants', '100', '-j', '1', '--out', out, ...INSTANCES] as const;

/** The files of all records, by name. */
async function recordFiles(out: string): Promise<Map<string, string>> {
  const root = path.join(out, 'run', 'pairs');
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.json'));
  const read = async (name: string) => [name, await readFile(path.join(root, name), 'utf8')] as const;
  return new Map(await Promise.all(names.map(read)));
}

describe('a full disk in the output folder', () => {
  it('is one clear error when it is full from the start', async (context) => {
    const disk = await smallDisk(context, 64);
    await disk.fill();
    const result = await cli([...runInto(disk.directory), '--quiet']);
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`no room left to write ${disk.directory}/run/`);
    expect(result.stderr).toContain('Free some space there and run the same command again');
  });

  it('ends a run when it fills, and leaves the records that were written to the next run', async (context) => {
    const disk = await smallDisk(context, 40);
    const result = await cli([...runInto(disk.directory), '--quiet']);
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`no room left to write ${disk.directory}/run/`);
    const kept = await recordFiles(disk.directory);
    expect(kept.size).toBeGreaterThan(0);
    expect(kept.size).toBeLessThan(6);
    expect([...kept.values()].join()).not.toContain('infra-error');

    await disk.resize(4096);
    const again = await cli(runInto(disk.directory));
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain(`reused ${kept.size} records`);
    const whole = await recordFiles(disk.directory);
    expect(whole.size).toBe(6);
    expect([...whole]).toEqual(expect.arrayContaining([...kept]));
    const { metrics } = await readReport(path.join(disk.directory, 'run', 'report.json'));
    expect(metrics.overall.pending).toEqual([]);
  });
});

describe('a full disk for temporary files', () => {
  it('is one clear error when it is full from the start', async (context) => {
    const disk = await smallDisk(context, 64);
    await disk.fill();
    const out = await temporaryDirectory();
    const result = await cli([...runInto(out), '--quiet'], { env: { TMPDIR: disk.directory } });
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`no room left in ${disk.directory}/`);
  });

  it('ends a run when it stays full, and is evidence for nothing', async (context) => {
    const disk = await smallDisk(context, 8192);
    const out = await temporaryDirectory();
    const running = startCli(runInto(out), { env: { TMPDIR: disk.directory, NODE_DEBUG: 'patchdiff' } });
    await untilStage(running, 'mini__inicfg-2 · survey');
    await disk.fill();
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`patchdiff: no room left in ${disk.directory}/`);
    const outcomes = [...(await recordFiles(out))].map(
      ([name, text]) => [name, (JSON.parse(text) as { record: { verdict: object } }).record.verdict] as const,
    );
    expect(Object.fromEntries(outcomes)).toMatchObject({
      'alpha/mini__inicfg-1.json': { outcome: 'not-reached' },
      'beta/mini__inicfg-2.json': { outcome: 'infra-error' },
    });

    await disk.empty();
    const again = await cli(runInto(out), { env: { TMPDIR: disk.directory } });
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain('reused 3 records');
    const { records } = await readReport(path.join(out, 'run', 'report.json'));
    expect(records).toHaveLength(6);
    expect(records.map(({ verdict }) => verdict.outcome)).not.toContain('infra-error');
  });

  it('is why a check could not be judged', async (context) => {
    const { repository, gold, wrong } = await makeCheckFixture();
    const disk = await smallDisk(context, 512);
    const what = ['--repo', repository, '--gold', gold, '--candidate', wrong, '--engine', 'local', '--quiet'];
    const result = await cli(['check', ...what, '--out', await temporaryDirectory()], {
      env: { TMPDIR: disk.directory },
    });
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`no room left in ${disk.directory}/`);
  });
});
