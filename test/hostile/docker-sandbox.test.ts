import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import type { Side } from '../../src/observe/engine/engine.js';
import { PROBE_NAME } from '../../src/observe/engine/probe-directory.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { aDockerEngine, containersOf, docker, IMAGE } from '../helpers/docker-fixtures.js';
import { aTree, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { CALLS, FILL, SETTINGS } from './attacks.js';

const hasImage = await docker
  .getImage(IMAGE)
  .inspect()
  .then(
    () => true,
    () => false,
  );

// The Docker tests, which fail without an engine, see to it that this runs in CI.
describe.skipIf(!hasImage)('code under test in Docker', () => {
  const runId = randomUUID();
  let directory: string;
  let engine: DockerEngine;
  let sut: Side;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    engine = await aDockerEngine({ runId, memoryMb: 6144 });
    await engine.identify({ image: IMAGE });
    sut = await engine.openSide(await aTree(directory, 'candidate', { 'pkg/a.py': '' }), { image: IMAGE });
  });
  afterAll(async () => {
    await engine.dispose();
    expect(await containersOf(runId)).toEqual([]);
    await removeDirectory(directory);
  });

  it('gets none of the calls that reach into other processes, mounts, keys, or rarely tried parts of the kernel', async () => {
    expect((await runPython(sut, CALLS)).stdout).toBe('[]');
  });

  it('writes no setting of the kernel and no device, is not root, and holds nothing of what root may', async () => {
    // The set that bounds others is not empty: the root that clears up needs three capabilities.
    expect((await runPython(sut, SETTINGS)).stdout).toMatch(/^65534 \[\] \[0, 0, 0, \d+, 0\] 1 2$/);
  });

  it('fills no more memory with files than its share, and writes nothing elsewhere', async () => {
    const places = ['/dev/shm', '/tmp', '/var/tmp', sut.scratch, sut.root, '/var/lib', '/opt'];
    expect((await runPython(sut, FILL.replace('PLACES', JSON.stringify(places)))).stdout).toBe('[]');
  });

  it("does not change the probe's files", async () => {
    const attempt = `open(${JSON.stringify(`${sut.probe}/${PROBE_NAME}/__main__.py`)}, "a")`;
    expect((await runPython(sut, attempt)).stderr).toMatch(/PermissionError|Read-only/);
  });
});
