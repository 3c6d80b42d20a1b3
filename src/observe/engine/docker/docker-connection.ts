import Docker from 'dockerode';
import pTimeout from 'p-timeout';

const PING_MS = 5000;

/** A connection to the daemon that DOCKER_HOST names, or to the usual socket. */
export const connectDocker = (): Docker => new Docker();

/** Why the daemon does not answer; undefined when it does. */
export async function dockerProblem(docker: Docker): Promise<string | undefined> {
  try {
    const late = `nothing within ${PING_MS / 1000} s`;
    const answered = docker.ping().then(() => undefined);
    return await pTimeout(answered, { milliseconds: PING_MS, fallback: () => late });
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
