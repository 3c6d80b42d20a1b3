import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import { publicImageName } from '../../src/observe/engine/docker/images.js';
import { removeContainer } from '../../src/observe/engine/docker/labels.js';
import { ownerMark } from '../../src/platform/ownership.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import type { EnvironmentSpec } from '../../src/model/instance.js';
import { aDockerEngine, buildImage, containersOf, docker, IMAGE } from '../helpers/docker-fixtures.js';
import { commandLines } from '../helpers/processes.js';
import { aTree, LIMITS, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const LOOP = 'while True: pass';

describe('the docker engine', () => {
  let directory: string;
  let runId: string;
  let sut: DockerEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    runId = randomUUID();
    sut = await aDockerEngine({ runId, memoryMb: 512 });
  });
  afterEach(async () => {
    await sut.dispose();
    await removeDirectory(directory);
  });

  const open = async (name: 'gold' | 'candidate' = 'gold', env: EnvironmentSpec = { image: IMAGE }) =>
    sut.openSide(await aTree(directory, name, { 'pkg/a.py': `NAME = ${JSON.stringify(name)}\n` }), env);

  it('runs a process that reads its own tree and the input, and writes to its scratch directory', async () => {
    const side = await open();
    expect(side).toMatchObject({ root: '/testbed', python: '/opt/venv/bin/python3' });
    const started = await side.start(
      [
        side.python,
        '-c',
        `import os, sys; sys.path.insert(0, ${JSON.stringify(side.root)})
from pkg.a import NAME; open("note", "w").write(NAME); print(os.getcwd(), open("note").read(), sys.stdin.read())`,
      ],
      { env: {}, limits: LIMITS },
    );
    started.stdin.end('input');
    expect(Buffer.concat((await started.stdout.toArray()) as Buffer[]).toString()).toBe(
      '/srv/data gold input\n',
    );
    expect(await started.ended).toEqual({ exitCode: 0, signal: null, timedOut: false, outOfMemory: false });
  });

  it('tells the exit code, and the signal of a process that died', async () => {
    const side = await open();
    expect((await runPython(side, 'raise SystemExit(3)')).end).toMatchObject({ exitCode: 3, signal: null });
    const died = await runPython(side, 'import os; os.kill(os.getpid(), 11)');
    expect(died.end).toMatchObject({ exitCode: null, signal: 'SIGSEGV', timedOut: false });
  });

  it('kills an endless loop after its seconds and goes on in the same container', async () => {
    const side = await open();
    await runPython(side, 'open("/tmp/note", "w").write("kept")');
    const { end } = await runPython(side, `${LOOP} # limit-${runId}`, { seconds: 1 });
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`limit-${runId}`));
    expect((await runPython(side, 'print(open("/tmp/note").read())')).stdout).toBe('kept');
  });

  it('kills on request, with all that the process started, and nothing else', async () => {
    const side = await open();
    const other = await side.start([side.python, '-c', 'print(input())'], { env: {}, limits: LIMITS });
    const started = await side.start([side.python, '-c', forking(`kill-${runId}`)], {
      env: {},
      limits: LIMITS,
    });
    await new Promise((resolve) => started.stdout.once('data', resolve));
    await started.kill();
    expect(await started.ended).toMatchObject({ signal: 'SIGKILL', timedOut: false });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`kill-${runId}`));
    other.stdin.end('alive\n');
    expect(Buffer.concat((await other.stdout.toArray()) as Buffer[]).toString()).toBe('alive\n');
  });

  it('leaves no process that outlived its parent in a session of its own, even without the mark', async () => {
    const side = await open();
    const { stdout } = await runPython(side, forking(`orphan-${runId}`, 'env={}', ''));
    expect(stdout).toBe('started');
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`orphan-${runId}`));
  });

  it('replaces a container whose main process was killed', async () => {
    const side = await open();
    const [id = ''] = await containersOf(runId);
    const attempt = 'import os; os.kill(int(open("/proc/1/task/1/children").read().split()[0]), 9)';
    expect((await runPython(side, attempt)).stderr).toContain('PermissionError');
    await docker.getContainer(id).kill();
    expect((await runPython(side, 'import os; print(os.listdir("/testbed/pkg"))')).stdout).toBe("['a.py']");
  });

  it('keeps only the tail of a flood on standard error', async () => {
    const side = await open();
    const flood = 'import sys; [sys.stderr.write("x" * 1000000) for _ in range(50)]; sys.stderr.write("end")';
    const { stderr } = await runPython(side, flood);
    expect(stderr).toHaveLength(LIMITS.outputBytes);
    expect(stderr.endsWith('xend')).toBe(true);
  });

  it('denies a process more memory than its own limit', async () => {
    const { stderr } = await runPython(await open(), 'bytearray(300 * 1024 * 1024)', { memoryMb: 200 });
    expect(stderr).toContain('MemoryError');
  });

  it("tells when the container's memory was not enough", async () => {
    const { end } = await runPython(await open(), 'bytearray(800 * 1024 * 1024)');
    expect(end).toMatchObject({ signal: 'SIGKILL', outOfMemory: true, timedOut: false });
  });

  it('has no network, no capabilities and no way to more privileges', async () => {
    const { stdout } = await runPython(
      await open(),
      `import os, socket
print(os.listdir("/sys/class/net"))
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
held = [int(status["Cap" + name], 16) for name in ("Eff", "Prm", "Inh", "Amb")]
print(os.getuid(), held, status["NoNewPrivs"].strip(), status["Seccomp"].strip())`,
    );
    expect(stdout).toBe("['lo']\n65534 [0, 0, 0, 0] 1 2");
  });

  it('keeps two sides apart', async () => {
    const [gold, candidate] = [await open('gold'), await open('candidate')];
    await runPython(gold, 'open("answer", "w").write("42"); open("/tmp/answer", "w").write("42")');
    const { stdout } = await runPython(
      candidate,
      `import os, sys; sys.path.insert(0, "/testbed")
from pkg.a import NAME
print(NAME, [p for p in ["/srv/data/answer", "/tmp/answer"] if os.path.exists(p)])`,
    );
    expect(stdout).toBe('candidate []');
  });

  it('labels its containers and removes them', async () => {
    const side = await open();
    expect(await containersOf(runId)).toHaveLength(1);
    const started = await side.start([side.python, '-c', LOOP], { env: {}, limits: LIMITS });
    await sut.dispose();
    await sut.dispose();
    expect(await containersOf(runId)).toEqual([]);
    await expect(started.ended).rejects.toMatchObject({ code: 'side-closed' });
    await expect(side.start([side.python, '-V'], { env: {}, limits: LIMITS })).rejects.toMatchObject({
      code: 'side-closed',
    });
    await expect(open()).rejects.toMatchObject({ code: 'engine-closed' });
    expect(await containersOf(runId)).toEqual([]);
  });

  it('removes what an earlier process of the same run left behind, and nothing else', async () => {
    const ended = execa('true');
    await ended;
    const owned = (run: string, owner: string) =>
      docker.createContainer({
        Image: IMAGE,
        Labels: { 'org.patchdiff.run': run, 'org.patchdiff.owner': owner },
      });
    const mark = ownerMark();
    const gone = mark.replace(/^\d+/, String(ended.pid));
    const left = await owned(runId, gone);
    const alive = await owned(runId, mark);
    const elsewhere = await owned(runId, gone.replace(/[0-9a-f]{8}$/, '00000000'));
    const other = await owned(`${runId}-other`, gone);
    try {
      await (await aDockerEngine({ runId })).dispose();
      expect((await containersOf(runId)).sort()).toEqual([alive.id, elsewhere.id].sort());
      expect(await containersOf(`${runId}-other`)).toEqual([other.id]);
    } finally {
      for (const container of [left, alive, elsewhere, other]) await removeContainer(container);
    }
  });

  it('identifies image and interpreter, and leaves no container for it', async () => {
    const { Id } = await docker.getImage(IMAGE).inspect();
    const { image, python } = await sut.identify({ image: IMAGE });
    expect(image).toBe(Id);
    expect(python).toMatch(/^3\.9\./);
    expect(await containersOf(runId)).toEqual([]);
  });

  it('says which image cannot be had', async () => {
    const image = 'localhost/patchdiff-no-such-image:1';
    await expect(open('gold', { image })).rejects.toMatchObject({
      code: 'image-missing',
      message: expect.stringContaining(image) as string,
    });
  });

  it('says which interpreter is missing', async () => {
    await expect(open('gold', { image: IMAGE, python: '/no/python' })).rejects.toMatchObject({
      code: 'python-missing',
      message: expect.stringMatching(`${IMAGE}.*/no/python`) as string,
    });
    expect(await containersOf(runId)).toEqual([]);
  });
});

describe('an image that holds the repository', () => {
  const image = publicImageName(`demo__Demo-${randomUUID()}`);
  let directory: string;
  let sut: DockerEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    sut = await aDockerEngine();
    await buildImage(
      image,
      `RUN mkdir -p /testbed/pkg /testbed/old && cd /testbed && touch setup.py pkg/built.so pkg/gone.py old/x.py && echo 1 >pkg/a.py`,
    );
  });
  afterEach(async () => {
    await sut.dispose();
    await removeDirectory(directory);
    await docker.getImage(image).remove({ force: true });
  });

  it('gets only the changed files, so that what was built stays', async () => {
    const tree = await aTree(directory, 'gold', {
      'pkg/a.py': '2\n',
      'new/deep/b.py': '3\n',
      old: 'now a file\n',
    });
    const side = await sut.openSide(
      { ...tree, changedFiles: [...tree.changedFiles, 'pkg/gone.py', 'old/x.py'] },
      { image },
    );
    expect(side.root).toBe('/testbed');
    const { stdout } = await runPython(
      side,
      `import os; os.chdir("/testbed")
print(sorted(os.path.join(d, f)[2:] for d, _, files in os.walk(".") for f in files))
print([open(f).read().strip() for f in ["pkg/a.py", "new/deep/b.py", "old"]])`,
    );
    expect(stdout.split('\n')).toEqual([
      "['new/deep/b.py', 'old', 'pkg/a.py', 'pkg/built.so', 'setup.py']",
      "['2', '3', 'now a file']",
    ]);
  });

  it('is not used for another directory than asked for', async () => {
    const tree = await aTree(directory, 'gold', { 'pkg/a.py': '2\n' });
    const side = await sut.openSide(tree, { image, workdir: '/elsewhere' });
    expect(side.root).toBe('/testbed');
  });
});

/** A program that starts a sleeper in a session of its own, named by `label`, and then waits or ends. */
const forking = (label: string, options = '', then = 'time.sleep(300)') => `
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300) # ${label}"], start_new_session=True,
                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, ${options})
print("started", flush=True)
${then}
`;
