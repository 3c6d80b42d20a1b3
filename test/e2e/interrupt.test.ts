import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cli, startCli } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/git-fixtures.js';
import { MINI, readReport } from '../helpers/mini.js';
import { processesIn } from '../helpers/processes.js';

const INSTANCES = ['-i', 'mini__inicfg-1', '-i', 'mini__inicfg-2', '-i', 'mini__jobq-1'];

async function recordsIn(out: string): Promise<number> {
  const files = await readdir(path.join(out, 'run', 'pairs'), { recursive: true });
  return files.filter((file) => file.endsWith('.json') && !path.basename(file).startsWith('.')).length;
}

describe('Ctrl-C during a run', () => {
  it('keeps what was computed, leaves no process and no scratch, and the next run goes on from there', async () => {
    const out = await temporaryDirectory();
    const scratch = await temporaryDirectory();
    const args = ['run', MINI, '--engine', 'local', '--budget', '10', '--out', out, ...INSTANCES];
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
