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
  const info = (await docker.info()) as DockerInfo;
  const { ServerVersion, NCPU, MemTotal } = info;
  const detail = `${ServerVersion}, ${NCPU} processors, ${gigabytes(MemTotal)} of memory`;
  const room = await dockerRoom(docker);
  return [
    { name: 'Docker', state: 'ok', detail },
    checkProtections(info),
    ...(room ? [checkRoom(room)] : []),
  ];
}

/** The part of what a daemon says of itself that matters here. */
interface DockerInfo {
  readonly ServerVersion: string;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly SecurityOptions?: readonly string[] | null;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly PidsLimit?: boolean;
}

/** Which limits and filters this daemon's kernel cannot give containers. */
function checkProtections({ SecurityOptions, MemoryLimit, SwapLimit, PidsLimit }: DockerInfo): Finding {
  const missing = [
    ...(SecurityOptions?.some((option) => option.startsWith('name=seccomp')) ? [] : ['filter system calls']),
    ...(MemoryLimit === false ? ['limit memory'] : []),
    ...(SwapLimit === false ? ['limit swap'] : []),
    ...(PidsLimit === false ? ['limit processes'] : []),
  ];
  const name = "Docker's sandboxes";
  if (missing.length === 0) return { name, state: 'ok', detail: 'have every protection' };
  return {
    name,
    state: 'limits',
    detail: `cannot ${missing.join(', ')}`,
    fix: 'See docs/threat-model.md for what that leaves open.',
  };
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
