import type Docker from 'dockerode';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import pTimeout from 'p-timeout';
import { InfraError } from '../../../model/errors.js';
import { hasStatus, reasonOf } from './docker-connection.js';
import { withDockerRoom } from './docker-room.js';

/** How long a registry may take to say whether it has an image. */
const REGISTRY_MS = 15_000;
/** Registries limit how often one may pull, some of them for minutes; clients wait for different times. */
const RETRIES = { retries: 4, minTimeout: 2000, factor: 4, maxTimeout: 60_000, randomize: true } as const;
const atMostTwo = pLimit(2);

/** The public SWE-bench image of an instance, in the namespace of a registry or a mirror of it. */
export function publicImageName(instanceId: string, namespace = 'swebench'): string {
  return `${namespace}/sweb.eval.x86_64.${instanceId.toLowerCase().replaceAll('__', '_1776_')}:latest`;
}

/** Whether an image is of the benchmark's own, which are all made for one kind of processor. */
const isForX86 = (name: string): boolean => name.includes('.x86_64.');
/** An emulated processor is slower by about this factor. */
const EMULATION = 4;

/** How many times longer things may take where one of the images has to be emulated. */
export function slowdownOf(architecture: string, images: readonly string[]): number {
  return /^(x86_64|amd64)$/.test(architecture) || !images.some(isForX86) ? 1 : EMULATION;
}

/**
 * Is the image on this machine, or does its registry have it?
 * @throws the signal's reason when it ends the waiting
 */
export async function canBeHad(docker: Docker, name: string, signal: AbortSignal): Promise<boolean> {
  if (await isPresent(docker, name)) return true;
  if (isLocalOnly(name)) return false;
  const answer = docker
    .getImage(name)
    .distribution()
    .then(
      () => true,
      () => false,
    );
  return pTimeout(answer, { milliseconds: REGISTRY_MS, fallback: () => false, signal });
}

/**
 * Pulls an image that is not on this machine, unless the signal ends that.
 * @throws InfraError `image-missing`, `disk-full`
 */
export async function ensureImage(
  docker: Docker,
  name: string,
  signal: AbortSignal,
): Promise<'present' | 'pulled'> {
  if (await isPresent(docker, name)) return 'present';
  if (isLocalOnly(name)) throw imageMissing(name, 'it is not the name of a published image');
  const pullOnce = () => withDockerRoom(docker, signal, (stop) => pull(docker, name, stop));
  const shouldRetry = ({ error }: { readonly error: Error }) => !signal.aborted && isPassing(error);
  try {
    await atMostTwo(() => pRetry(pullOnce, { ...RETRIES, signal, shouldRetry }));
  } catch (error) {
    if (error instanceof InfraError) throw error;
    throw imageMissing(name, reasonOf(error));
  }
  return 'pulled';
}

/** The digest under which a registry has the image, or its id when none has. */
export async function digestOf(docker: Docker, name: string): Promise<string> {
  const { RepoDigests, Id } = await docker.getImage(name).inspect();
  return (RepoDigests as string[] | null)?.[0] ?? Id;
}

const imageMissing = (name: string, reason: string): InfraError =>
  new InfraError('image-missing', `the image ${name} is not on this machine and cannot be pulled: ${reason}`);

/** Is the image on this machine? */
export async function isPresent(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw new InfraError('docker-failed', `Docker cannot look for the image ${name}: ${reasonOf(error)}`);
  }
}

/** Image ids, and names that only local builds have. */
function isLocalOnly(name: string): boolean {
  return /^(sha256:|localhost\/|patchdiff-env\/|sweb\.(eval|env|base)\.)/.test(name);
}

async function pull(docker: Docker, name: string, signal: AbortSignal): Promise<void> {
  const tagged = /[:@][^/]*$/.test(name) ? name : `${name}:latest`; // without a tag, Docker would pull them all
  const platform = isForX86(name) ? { platform: 'linux/amd64' } : {};
  const stream = await docker.pull(tagged, { ...platform, abortSignal: signal });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Rate limits and network failures pass; an unknown or forbidden image stays so, and so does a full disk. */
function isPassing(error: unknown): boolean {
  if (error instanceof InfraError) return false;
  const refused = /not found|denied|unauthorized|unknown|does not exist|invalid reference/i;
  return !hasStatus(error, 400, 401, 403, 404) && !refused.test(reasonOf(error));
}
