import { statfs } from 'node:fs/promises';
import type Docker from 'dockerode';
import { InfraError } from '../../../model/errors.js';

/** An image of a project's environment takes one to five gigabytes once it is unpacked. */
export const LEAST_FREE_BYTES = 6 * 1024 ** 3;
const LOOK_EVERY_MS = 2000;

/** Where Docker keeps images, and what is free there; undefined when that is not on this machine. */
export async function dockerRoom(
  docker: Docker,
): Promise<{ readonly directory: string; readonly freeBytes: number } | undefined> {
  const { DockerRootDir: directory } = (await docker.info()) as { DockerRootDir: string };
  try {
    const { bavail, bsize } = await statfs(directory);
    return { directory, freeBytes: bavail * bsize };
  } catch {
    return undefined;
  }
}

/**
 * Does what fills Docker's disk: not begun, and stopped, when less than `leastFreeBytes` are free there.
 *
 * @param work gets the signal that stops it
 * @throws InfraError `disk-full`
 */
export async function withDockerRoom<T>(
  docker: Docker,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  leastFreeBytes = LEAST_FREE_BYTES,
): Promise<T> {
  const full = new AbortController();
  const look = async () => {
    const room = await dockerRoom(docker);
    if (room && room.freeBytes < leastFreeBytes) full.abort(noRoom(room, leastFreeBytes));
  };
  await look();
  full.signal.throwIfAborted();
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
  try {
    return await work(AbortSignal.any([signal, full.signal]));
  } catch (error) {
    full.signal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

const noRoom = (
  { directory, freeBytes }: { readonly directory: string; readonly freeBytes: number },
  leastFreeBytes: number,
): InfraError =>
  new InfraError(
    'disk-full',
    `${gigabytes(freeBytes)} free in ${directory}, where Docker keeps images; ${gigabytes(leastFreeBytes)} are needed`,
    {
      hint: 'Free some space, for example with: patchdiff images clean; or keep fewer images with --keep-images none.',
    },
  );

/** `5.2 GB`. */
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
