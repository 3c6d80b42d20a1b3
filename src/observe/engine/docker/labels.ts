import { hostname } from 'node:os';
import type Docker from 'dockerode';
import { hasStatus } from './docker-connection.js';

const RUN = 'org.patchdiff.run';
const OWNER = 'org.patchdiff.owner';

/** The labels of the images that patchdiff builds. */
export const IMAGE_LABELS = {
  kind: 'org.patchdiff.image',
  environment: 'org.patchdiff.environment',
  recipe: 'org.patchdiff.recipe',
} as const;

/** The labels of everything that a run makes in Docker: the run, and the process that sees to it. */
export function labelsOf(runId: string): Record<string, string> {
  return { [RUN]: runId, [OWNER]: `${process.pid}@${hostname()}` };
}

/** Removes the containers of a run whose owner was a process of this machine that is no more. */
export async function removeLeftovers(docker: Docker, runId: string): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`${RUN}=${runId}`] } });
  const orphans = containers.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(orphans.map(({ Id }) => removeContainer(docker.getContainer(Id))));
}

/** Removes a container with its processes; no matter if it is gone or going. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (!hasStatus(error, 404, 409)) throw error;
  }
}

function isGone(owner: string): boolean {
  const [pid, host] = owner.split('@');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
