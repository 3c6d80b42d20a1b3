import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerPair } from '../../../../benchmarks/bench/peers/pair.js';
import { runTool } from '../../../../benchmarks/bench/peers/tool.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const PAIR = { importRoots: [] } as unknown as PeerPair;
const TEN_MINUTES = 600;

describe(runTool, () => {
  let bin: string;
  beforeEach(async () => {
    bin = await temporaryDirectory();
  });

  /** A command that starts one process in its own group and one in a session of its own, and writes their ids. */
  async function command(last: string): Promise<void> {
    const file = path.join(bin, 'tool');
    const start = [
      'sleep 600 & echo $! >group',
      "setsid sh -c 'echo $$ >session; exec sleep 600' &",
      'until [ -s session ]; do sleep 0.05; done',
    ].join('\n');
    await writeFile(file, `#!/bin/sh\n${start}\necho said\n${last}\n`);
    await chmod(file, 0o755);
  }

  const pidIn = async (file: string) => Number(await readFile(path.join(bin, file), 'utf8'));
  it.each([
    ['has ended, though they hold its output open', 'exit 3', TEN_MINUTES, { exitCode: 3, outOfTime: false }],
    ['is out of time', 'sleep 600', 1, { exitCode: undefined, outOfTime: true }],
  ])('leaves no process of a command that %s', async (_, last, seconds, expected) => {
    await command(last);
    const ended = await runTool({ bin, seconds }, ['tool'], bin, PAIR);
    expect(ended).toMatchObject({ ...expected, output: 'said' });
    for (const file of ['group', 'session']) {
      const pid = await pidIn(file);
      expect(pid).toBeGreaterThan(0);
      expect(await state(pid)).toMatch(/^(gone|Z)$/);
    }
  });
});

/** The state of a process as `ps` shows it: Z has ended, and waits for its parent. */
async function state(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') gone');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[0] ?? '';
}
