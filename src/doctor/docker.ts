import type Docker from 'dockerode';
import { dockerProblem } from '../observe/engine/docker/docker-connection.js';
import { dockerRoom, gigabytes, LEAST_FREE_BYTES } from '../observe/engine/docker/docker-room.js';
import type { Finding } from './finding.js';

/** Whether Docker answers, what it has to give, and whether there is room for images. */
export async function checkDocker(docker: Docker): Promise<Finding[]> {
  const problem = await dockerProblem(docker);
  if (problem !== undefined) {
    const fix = 'Start Docker or set DOCKER_HOST; without it, patches run on the local engine.';
    return [{ name: 'Docker', state: 'limits', detail: `does not answer: ${problem}`, fix }];
  }
  const { ServerVersion, NCPU, MemTotal } = (await docker.info()) as Record<string, string | number>;
  const detail = `${ServerVersion}, ${NCPU} processors, ${gigabytes(Number(MemTotal))} of memory`;
  const room = await dockerRoom(docker);
  return [{ name: 'Docker', state: 'ok', detail }, ...(room ? [checkRoom(room)] : [])];
}

function checkRoom({
  directory,
  freeBytes,
}: {
  readonly directory: string;
  readonly freeBytes: number;
}): Finding {
  const name = "Docker's disk";
  const detail = `${gigabytes(freeBytes)} free in ${directory}`;
  if (freeBytes >= LEAST_FREE_BYTES) return { name, state: 'ok', detail };
  return { name, state: 'limits', detail, fix: 'Free some space, for example with: patchdiff images clean.' };
}
