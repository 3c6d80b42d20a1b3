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

/** Removes a container with its processes; does nothing when it is gone or being removed. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (!hasStatus(error, 404, 409)) throw error;
  }
}
