import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import type { Side, SideProcess } from '../../src/observe/engine/engine.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { aDockerEngine, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { commandLines } from '../helpers/processes.js';
import { aTree, LIMITS, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

describe('a process of a Docker side that', () => {
  let directory: string;
  let engine: DockerEngine;
  let sut: Side;

  beforeAll(requireImage);
  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = await aDockerEngine({ memoryMb: 1024 });
    sut = await engine.openSide(await aTree(directory, 'gold', { 'pkg/a.py': '' }), { image: IMAGE });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const start = (program: string, seconds = 60): Promise<SideProcess> =>
    sut.start([sut.python, '-c', program], { env: {}, limits: { ...LIMITS, seconds } });

  it('is fed a long line answers it whole', async () => {
    const process = await start('import sys\nfor line in sys.stdin: sys.stdout.write(line.upper())');
    const line = `${'ab '.repeat(1_000_000)}\n`;
    process.stdin.end(line);
    expect((await outputOf(process)) === line.toUpperCase()).toBe(true);
  });

  it('is one of many is killed alone', async () => {
    const all = await Promise.all([...Array(12).keys()].map(() => start(WAITING)));
    await Promise.all(all.map(firstOutput));
    const [, killed, ...rest] = all;
    await killed?.kill();
    for (const process of rest) process.stdin.end();
    const ends = await Promise.all(rest.map((process) => process.ended));
    expect(ends.map(({ exitCode }) => exitCode)).toEqual(rest.map(() => 0));
  });

  it('leaves its output open to a child without ancestors or environment ends all the same', async () => {
    const { stdout, end } = await runPython(
      sut,
      `import os, sys
if os.fork():
    print("started", flush=True); os._exit(0)
os.setsid()
os.execve(sys.executable, [sys.executable, "-c", "import time; time.sleep(300) # orphan-${directory}"], {})`,
    );
    expect({ stdout, end }).toMatchObject({ stdout: 'started', end: { exitCode: 0, timedOut: false } });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`orphan-${directory}`));
  });

  it('multiplies without end is killed, and the side goes on', async () => {
    const { end } = await runPython(
      sut,
      `import os, time # bomb-${directory}
while True:
    try: os.fork()
    except OSError: time.sleep(0.1)`,
      { seconds: 2 },
    );
    expect(end).toMatchObject({ signal: 'SIGKILL', timedOut: true });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`bomb-${directory}`));
    expect((await runPython(sut, 'print("alive")')).stdout).toBe('alive');
  });

  it('kills all others leaves a side that goes on', async () => {
    await runPython(sut, 'import os; os.kill(-1, 9)');
    expect((await runPython(sut, 'print("alive")')).stdout).toBe('alive');
  });

  it('writes more than is read waits, and is killed after its seconds', async () => {
    const flood = await start('while True: print("x" * 1_000_000)', 5);
    await new Promise((resolve) => flood.stdout.once('readable', resolve));
    expect(await flood.ended).toMatchObject({ signal: 'SIGKILL', timedOut: true });
    expect(flood.stdout.readableLength).toBeLessThan(1_000_000);
    flood.stdout.destroy();
  });
});

const WAITING = 'import sys; print("ready", flush=True); sys.stdin.read()';

const firstOutput = (process: SideProcess): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.once('data', () => {
      resolve();
    });
  });

async function outputOf(process: SideProcess): Promise<string> {
  return Buffer.concat((await process.stdout.toArray()) as Buffer[]).toString();
}
