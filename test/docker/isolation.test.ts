import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import type { Side } from '../../src/observe/engine/engine.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import type { SideTree } from '../../src/model/side.js';
import { aDockerEngine, containersOf, docker, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { aTree, LIMITS, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

describe('the isolation of a Docker side', () => {
  const runId = randomUUID();
  let directory: string;
  let sut: DockerEngine;

  beforeAll(requireImage);
  beforeEach(async () => {
    directory = await temporaryDirectory();
    sut = await aDockerEngine({ runId, memoryMb: 512 });
  });
  afterEach(async () => {
    await sut.dispose();
    await removeDirectory(directory);
  });

  const open = async (name: SideTree['side'] = 'gold'): Promise<Side> =>
    sut.openSide(await aTree(directory, name, { 'a.py': `NAME = "${name}"` }), { image: IMAGE });

  it('reaches no address of this machine', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const interfaces = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const hosts = interfaces.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
    const { stdout } = await runPython(
      await open(),
      `import socket
def reachable(host):
    try:
        socket.create_connection((host, ${port}), 3).close()
        return True
    except OSError:
        return False
print([h for h in ${JSON.stringify(hosts)} if reachable(h)])`,
    );
    server.close();
    expect(hosts).toContain('127.0.0.1');
    expect(stdout).toBe('[]');
  });

  it('is limited in memory, swap, processes and processors, and sees no file of this machine', async () => {
    await open();
    const [id = ''] = await containersOf(runId);
    const { HostConfig, Mounts } = await docker.getContainer(id).inspect();
    const memory = 512 * 1024 * 1024;
    expect(HostConfig).toMatchObject({ Privileged: false, Memory: memory, MemorySwap: memory });
    expect(HostConfig.PidsLimit).toBeGreaterThan(0);
    expect(HostConfig.NanoCpus).toBeGreaterThan(0);
    expect(Mounts).toEqual([]);
  });

  it('neither sees the processes of another side nor changes its files', async () => {
    const [gold, candidate] = await Promise.all([open('gold'), open('candidate')]);
    const secret = await gold.start(
      [gold.python, '-c', 'import sys; print("ready", flush=True); sys.stdin.read() # the-answer'],
      { env: {}, limits: LIMITS },
    );
    await new Promise((resolve) => secret.stdout.once('data', resolve));
    const seen = await runPython(
      candidate,
      `import glob
def words(file):
    try: return open(file).read()
    except OSError: return ""
for place in ("/testbed/a.py", "/tmp/a", "/dev/shm/a", "/srv/data/a"): open(place, "w").write("mine")
print([f for f in glob.glob("/proc/[0-9]*/cmdline") if "the-answer" in words(f) and "glob" not in words(f)])`,
    );
    const left = await runPython(
      gold,
      `import os
places = ["/tmp/a", "/dev/shm/a", "/srv/data/a"]
print(open("/testbed/a.py").read(), [p for p in places if os.path.exists(p)])`,
    );
    expect([seen.stdout, left.stdout]).toEqual(['[]', 'NAME = "gold" []']);
  });
});
