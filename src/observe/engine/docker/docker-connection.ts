import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';

const PING_MS = 5000;

/** A connection to the daemon that DOCKER_HOST names, or to the usual socket. */
export const connectDocker = (): Docker => new Docker();

/** Why the daemon does not answer; undefined when it does. */
export async function dockerProblem(docker: Docker): Promise<string | undefined> {
  try {
    const silence = delay(PING_MS, 'late' as const, { ref: false });
    const answer: unknown = await Promise.race([docker.ping(), silence]);
    return answer === 'late' ? `nothing within ${PING_MS / 1000} s` : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What the daemon or the way to it says, on one line. */
export function reasonOf(error: unknown): string {
  const { json, message } = error as { json?: { message?: string } | null; message?: string };
  return (json?.message ?? message ?? String(error)).trim().replaceAll(/\s*\n\s*/g, ' ');
}

/** Is this the daemon's answer with one of these HTTP status codes? */
export function hasStatus(error: unknown, ...codes: readonly number[]): boolean {
  return codes.includes((error as { statusCode?: number }).statusCode ?? 0);
}
