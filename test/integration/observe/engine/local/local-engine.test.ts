import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../../src/platform/remove-directory.js';
import { commandLines } from '../../../../helpers/processes.js';
import { aTree, LIMITS, runPython } from '../../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../../helpers/temporary-directory.js';

const LOOP = 'while True: pass';

describe.each(['bubblewrap', 'none'] as const)('the local engine, sandbox: %s', (sandbox) => {
  let directory: string;
  let sut: LocalEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    sut = new LocalEngine({ python: undefined, sandbox, workDirectory: directory, description: 'local' });
  });
  afterEach(async () => {
    await sut.dispose();
    await removeDirectory(directory);
  });

  const open = async (name: 'gold' | 'candidate' = 'gold') =>
    sut.openSide(await aTree(directory, name, { 'pkg/a.py': `NAME = ${JSON.stringify(name)}\n` }), {});

  it('runs a process that reads its own tree and writes to its scratch directory', async () => {
    const side = await open();
    const { stdout } = await runPython(
      side,
      `import sys; sys.path.insert(0, ${JSON.stringify(side.root)})
from pkg.a import NAME; open("note", "w").write(NAME); print(open(${JSON.stringify(side.scratch)} + "/note").read())`,
    );
    expect(stdout).toBe('gold');
  });

  it('passes the environment given and no other of this process', async () => {
    process.env['PATCHDIFF_TEST_SECRET'] = 'x';
    const side = await open();
    const started = await side.start(
      [
        side.python,
        '-c',
        'import os; print(os.environ.get("GIVEN"), os.environ.get("PATCHDIFF_TEST_SECRET"))',
      ],
      { env: { GIVEN: 'yes' }, limits: LIMITS },
    );
    const chunks = await started.stdout.toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).toBe('yes None\n');
  });

  it('tells the exit code, and the signal of a process that died', async () => {
    const side = await open();
    expect((await runPython(side, 'raise SystemExit(3)')).end).toMatchObject({ exitCode: 3, signal: null });
    const died = await runPython(side, 'import os; os.kill(os.getpid(), 11)');
    expect(died.end).toMatchObject({ exitCode: null, signal: 'SIGSEGV', timedOut: false });
  });

  it('kills an endless loop after its seconds', async () => {
    const side = await open();
    const { end } = await runPython(side, `${LOOP} # limit-${directory}`, { seconds: 1 });
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`limit-${directory}`));
  });

  it('kills on request, with all that the process started', async () => {
    const side = await open();
    const started = await side.start([side.python, '-c', forking(`kill-${directory}`)], {
      env: {},
      limits: LIMITS,
    });
    await new Promise((resolve) => started.stdout.once('data', resolve));
    await started.kill();
    expect(await started.ended).toMatchObject({ signal: 'SIGKILL', timedOut: false });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`kill-${directory}`));
  });

  it('leaves no process that outlived its parent in a session of its own', async () => {
    const side = await open();
    const { stdout } = await runPython(side, forking(`orphan-${directory}`, false));
    expect(stdout).toBe('started');
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`orphan-${directory}`));
  });

  it('ends what runs when it is disposed of, and tells whoever waits', async () => {
    const side = await open();
    const started = await side.start([side.python, '-c', `${LOOP} # dispose-${directory}`], {
      env: {},
      limits: LIMITS,
    });
    await sut.dispose();
    await expect(started.ended).rejects.toMatchObject({ code: 'side-closed' });
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`dispose-${directory}`));
    await expect(side.start([side.python, '-V'], { env: {}, limits: LIMITS })).rejects.toMatchObject({
      code: 'side-closed',
    });
    await expect(open()).rejects.toMatchObject({ code: 'engine-closed' });
  });

  it('keeps only the tail of a flood on standard error', async () => {
    const side = await open();
    const flood = 'import sys; [sys.stderr.write("x" * 1000000) for _ in range(50)]; sys.stderr.write("end")';
    const { stderr } = await runPython(side, flood);
    expect(stderr).toHaveLength(LIMITS.outputBytes);
    expect(stderr.endsWith('xend')).toBe(true);
  });

  it('denies a process more memory than its limit', async () => {
    const side = await open();
    const { stderr } = await runPython(side, 'bytearray(600 * 1024 * 1024)', { memoryMb: 512 });
    expect(stderr).toContain('MemoryError');
  });

  it('removes the scratch directory even when it was made unreadable', async () => {
    const side = await open();
    await runPython(side, 'import os; os.makedirs("a/b"); os.chmod("a", 0)');
    await side.dispose();
    expect(await scratchDirectories(directory)).toEqual([]);
  });

  it('identifies the interpreter', async () => {
    const { stdout } = await runPython(await open(), 'import platform; print(platform.python_version())');
    expect(await sut.identify({})).toEqual({ image: null, python: stdout });
  });
});

describe('the sandbox', () => {
  let directory: string;
  let sut: LocalEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    sut = new LocalEngine({
      python: undefined,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: 'local',
    });
  });
  afterEach(async () => {
    await sut.dispose();
    await removeDirectory(directory);
  });

  const open = async (name: 'gold' | 'candidate') =>
    sut.openSide(await aTree(directory, name, { 'a.py': '' }), {});

  it("shows neither another side's directories nor other files of this machine", async () => {
    const [gold, candidate] = [await open('gold'), await open('candidate')];
    await runPython(gold, 'open("answer", "w").write("42"); open("/tmp/answer", "w").write("42")');
    await writeFile(path.join(directory, 'secret'), 'x');
    const home = await readdir(os.homedir(), { withFileTypes: true });
    const hidden = home.filter((entry) => entry.isFile()).map((entry) => path.join(os.homedir(), entry.name));
    hidden.push(directory, process.cwd(), '/srv/data/answer', '/tmp/answer', '/home', '/etc/shadow');
    const { stdout } = await runPython(
      candidate,
      `import os
print([p for p in ${JSON.stringify(hidden)} if os.path.exists(p)], sorted(os.listdir("/testbed")))`,
    );
    expect(stdout).toBe("[] ['a.py']");
  });

  it('shows no process of this machine', async () => {
    const { stdout } = await runPython(
      await open('gold'),
      'import os; print(max(int(p) for p in os.listdir("/proc") if p.isdigit()) < 20)',
    );
    expect(stdout).toBe('True');
  });

  it('has no network, not even to this machine', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { stderr } = await runPython(
      await open('gold'),
      `import socket; socket.create_connection(("127.0.0.1", ${port}), 5)`,
    );
    server.close();
    expect(stderr).toContain('ConnectionRefusedError');
  });

  it('can write to its own tree and scratch directory only, and holds no capability', async () => {
    const { stdout } = await runPython(
      await open('gold'),
      `import os, tempfile
def writable(d):
    try:
        with tempfile.TemporaryFile(dir=d): return True
    except OSError: return False
print([d for d in ["/testbed", "/srv/data", "/srv/lib", "/usr/lib", "/etc", "/"] if writable(d)])
print([l for l in open("/proc/self/status") if l.startswith("CapEff")][0].split()[1].strip("0") == "")`,
    );
    expect(stdout).toBe("['/testbed', '/srv/data']\nTrue");
  });

  it("cannot write the kernel's settings, not even as root and with a /proc of its own", async () => {
    const writable = `import ctypes, os
def writable(root):
    for directory, folders, files in os.walk(root):
        if directory == root: folders[:] = [f for f in folders if not f.isdigit()]
        for name in files:
            try: os.close(os.open(os.path.join(directory, name), os.O_WRONLY))
            except OSError: continue
            yield os.path.join(directory, name)
`;
    const side = await open('candidate');
    expect((await runPython(side, `${writable}print(list(writable("/proc"))[:5])`)).stdout).toBe('[]');
    const { stdout } = await runPython(
      side,
      `${writable}
libc = ctypes.CDLL(None)
USER_MOUNT_AND_PROCESS_NAMESPACE, READ_WRITE, DETACH = 0x30020000, 0x1020, 2
libc.unshare(USER_MOUNT_AND_PROCESS_NAMESPACE)
if os.fork() == 0:
    os.mkdir("proc")
    libc.mount(b"proc", b"proc", b"proc", 0, None)
    libc.mount(None, b"/proc/sys", None, READ_WRITE, None)
    libc.umount2(b"/proc/sys", DETACH)
    print([list(writable(root))[:5] for root in ("proc", "/proc")])
else:
    os.wait()`,
    );
    expect(stdout).toBe('[[], []]');
  });
});

/** A program that starts a sleeper in a session of its own, named by `label`, and then waits or ends. */
const forking = (label: string, wait = true) => `
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300) # ${label}"], start_new_session=True,
                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print("started", flush=True)
${wait ? 'time.sleep(300)' : ''}
`;

async function scratchDirectories(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('scratch-'));
}
