import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import tar from 'tar-stream';
import { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';

/** Made by .ci/base-image.sh: Debian with Python 3.9 and pytest in /opt/venv. */
export const IMAGE = 'patchdiff-test-python:bullseye';

export const docker = new Docker();

/** Fails, rather than skips, where the tests cannot run. */
export async function requireImage(): Promise<void> {
  await docker
    .getImage(IMAGE)
    .inspect()
    .catch((cause: unknown) => {
      const remedy = 'run .ci/docker-engine.sh and .ci/base-image.sh';
      throw new Error(`these tests need Docker and the image ${IMAGE}: ${remedy}`, { cause });
    });
}

/** An engine of a run of its own; fails where no Docker engine answers. */
export async function aDockerEngine(
  options: { memoryMb?: number; runId?: string } = {},
): Promise<DockerEngine> {
  return DockerEngine.open(docker, {
    python: undefined,
    runId: randomUUID(),
    description: 'docker',
    images: [],
    ...options,
  });
}

/** The containers of a run, whatever their state. */
export async function containersOf(runId: string): Promise<string[]> {
  const found = await docker.listContainers({
    all: true,
    filters: { label: [`org.patchdiff.run=${runId}`] },
  });
  return found.map(({ Id }) => Id);
}

/** Builds an image from Dockerfile instructions on top of the test image; the caller removes it. */
export async function buildImage(name: string, instructions: string): Promise<void> {
  const context = tar.pack();
  context.entry({ name: 'Dockerfile' }, `FROM ${IMAGE}\n${instructions}`);
  context.finalize();
  const output = await docker.buildImage(Readable.from(context), { t: name, networkmode: 'none' });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(output, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
