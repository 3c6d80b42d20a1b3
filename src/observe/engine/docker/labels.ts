import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { isOwnerGone, ownerMark } from '../../../platform/ownership.js';
import { hasStatus } from './docker-connection.js';

const RUN = 'org.patchdiff.run';
const OWNER = 'org.patchdiff.owner';

/** The labels of the images that patchdiff builds. */
export const IMAGE_LABELS = {
  kind: 'org.patchdiff.image',
  environment: 'org.patchdiff.environment',
  recipe: 'org.patchdiff.recipe',
} as const;

/** The labels of everything that a run makes in Docker: the run, and the process that owns it. */
export function labelsOf(runId: string): Record<string, string> {
  return { [RUN]: runId, [OWNER]: ownerMark() };
}

/** Removes the containers of a run whose owner no longer runs. */
export async function removeLeftovers(docker: Docker, runId: string): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`${RUN}=${runId}`] } });
  const orphans = containers.filter(({ Labels }) => isOwnerGone(Labels[OWNER] ?? ''));
  await Promise.all(orphans.map(({ Id }) => removeContainer(docker.getContainer(Id))));
}

/** How long Docker may take to finish a removal that it has begun. */
const REMOVAL_MS = 30_000;

/** Removes a container with its processes, and waits until it is gone; one that is being removed already is waited for, too. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (hasStatus(error, 404)) return;
    if (!hasStatus(error, 409)) throw error;
  }
  const end = Date.now() + REMOVAL_MS;
  while (Date.now() < end && (await isThere(container))) await delay(50);
}

async function isThere(container: Docker.Container): Promise<boolean> {
  try {
    await container.inspect();
    return true;
  } catch (error) {
    return !hasStatus(error, 404);
  }
}
