import { chmod, mkdtemp, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../src/observe/engine/local/local-engine.js';
import { launchProbe } from '../../src/observe/probe/launch.js';
import { PROBE_NAME } from '../../src/observe/engine/probe-directory.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import type { Side } from '../../src/observe/engine/engine.js';
import { aTree, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { CALLS, FILL, SETTINGS } from './attacks.js';

const OPTIONS = { python: undefined, sandbox: 'bubblewrap', description: '' } as const;

describe('code under test in bubblewrap', () => {
  let directory: string;
  let engine: LocalEngine;
  let sut: Side;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({ ...OPTIONS, workDirectory: directory });
    sut = await engine.openSide(await aTree(directory, 'candidate', { 'pkg/a.py': 'NAME = 1\n' }), {});
  });
  afterAll(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  it('gets none of the calls that reach into other processes, mounts, keys, or rarely tried parts of the kernel', async () => {
    expect((await runPython(sut, CALLS)).stdout).toBe('[]');
  });

  it('writes no setting of the kernel and no device, is not root, and holds nothing of what root may', async () => {
    const before = await readFile('/proc/sys/kernel/core_pattern', 'utf8');
    expect((await runPython(sut, SETTINGS)).stdout).toBe('65534 [] [0, 0, 0, 0, 0] 1 2');
    expect(await readFile('/proc/sys/kernel/core_pattern', 'utf8')).toBe(before);
  });

  it.runIf(process.getuid?.() === 0)(
    'runs on an interpreter in a folder that only its owner may enter',
    async () => {
      const home = await mkdtemp(path.join(directory, 'private-'));
      await execa('python3', ['-m', 'venv', '--without-pip', home]);
      const other = new LocalEngine({ ...OPTIONS, python: `${home}/bin/python`, workDirectory: directory });
      try {
        const side = await other.openSide(await aTree(directory, 'gold', { 'a.py': '' }), {});
        expect((await runPython(side, 'import sys; print(sys.prefix)')).stdout.trim()).toBe(home);
        await chmod(`${home}/lib`, 0o700);
        const denied = other.openSide(await aTree(directory, 'base', { 'a.py': '' }), {});
        await expect(denied).rejects.toThrow(`${home}/lib can be read by root only`);
      } finally {
        await other.dispose();
      }
    },
  );

  it('fills no more memory with files than its share', async () => {
    const places = ['/dev/shm', '/tmp', sut.scratch, sut.root];
    const { stdout } = await runPython(sut, FILL.replace('PLACES', JSON.stringify(places)));
    expect(stdout).toBe('[]');
  });

  it('starts no more processes than its share', async () => {
    const { stdout } = await runPython(
      sut,
      `import os, time
started = 0
try:
    for _ in range(500):
        if os.fork() == 0: time.sleep(20); os._exit(0)
        started += 1
except OSError: pass
print(started, flush=True); os.kill(-1, 9)`,
      { processes: 60 },
    );
    expect(Number(stdout)).toBeGreaterThan(20);
    expect(Number(stdout)).toBeLessThanOrEqual(60);
  });

  it('leaves the tree and the scratch folder as it found them, for every later process', async () => {
    const planted = `import os
os.chdir(${JSON.stringify(sut.root)})
open("pkg/a.py", "w").write("NAME = 2"); open("new.py", "w").write("")
os.rename("pkg", "gone")
for _ in range(1500): os.mkdir("d" * 40); os.chdir("d" * 40)
os.makedirs(${JSON.stringify(`${sut.scratch}/${PROBE_NAME}`)})
print("done")`;
    expect((await runPython(sut, planted)).stdout).toBe('done');
    const seen = `import os
print(sorted(os.listdir(${JSON.stringify(sut.root)})), open(${JSON.stringify(`${sut.root}/pkg/a.py`)}).read().strip(), os.listdir(${JSON.stringify(sut.scratch)}))`;
    expect((await runPython(sut, seen)).stdout).toBe("['pkg'] NAME = 1 []");
    expect(await readdir(`${directory}/candidate`)).toEqual(['pkg']);
  });

  it('cannot read or write the memory of the process that watches it', async () => {
    const supervisor = await launchProbe(sut, 'serve', 0, { memoryMb: 2048, seconds: 60 });
    const root = sut.root;
    const lines = [
      {
        id: 1,
        op: 'open',
        root,
        path: [root],
        preload: [],
        targets: [],
        limits: { memoryMb: 2048, outputBytes: 1000, valueBytes: 1000 },
        scratch: `${sut.scratch}/serve`,
      },
      {
        id: 2,
        op: 'run',
        secondsPerInput: 10,
        secondsPerProgram: 10,
        programs: [
          {
            id: 'p',
            host: null,
            steps: [
              { kind: 'prelude', source: LOOK },
              { kind: 'observe', input: 'i', source: 'look()' },
            ],
          },
        ],
      },
      { id: 3, op: 'close' },
    ];
    supervisor.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const said = Buffer.concat((await supervisor.stdout.toArray()) as Buffer[]).toString();
    await supervisor.ended;
    expect(said).toContain('"t":"str","v":"kept out 2"');
  });
});

/** Looks at every process above it but the one that it was forked from, which runs code under test, too. */
const LOOK = `
import os
def parent(pid): return int(open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()[1])
def look():
    supervisor = parent(os.getppid())
    opened = 0
    for name in ("mem", "environ"):
        try: open("/proc/%d/%s" % (supervisor, name), "rb").close()
        except OSError: opened += 1
    return "kept out %d" % opened
`;
