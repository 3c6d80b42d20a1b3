import type { Redis } from 'ioredis';
import { UserError } from '../model/errors.js';
import { contentKey } from '../platform/content-key.js';
import { JOB_FORMAT, type Build } from './job.js';

/** Prefix of every key that patchdiff writes to Redis. */
export const PREFIX = 'patchdiff';

/**
 * Connects to `redis://[user:password@]host[:port][/db]` or `rediss://`. A connection that is lost later is
 * retried without end.
 * @throws UserError `queue-invalid` for another URL, `queue-unavailable` when no server answers
 */
export async function connect(url: string): Promise<Redis> {
  requireRedisUrl(url);
  const { Redis } = await import('ioredis'); // loaded only where a queue is used
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null });
  let problem = '';
  client.on('error', (error: Error) => {
    problem = error.message;
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    const words = problem || (error as Error).message;
    throw new UserError(
      'queue-unavailable',
      `no Redis answers at ${withoutSecrets(url)}: ${words}`,
      'Start redis-server there, or correct --queue.',
      { cause: error },
    );
  }
}

/** A URL to show to the user, without its password. */
export function withoutSecrets(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** The queue that collectors and workers of one build share; those of other builds never see it. */
export const queueName = (build: Build): string => contentKey({ format: JOB_FORMAT, ...build }).slice(0, 16);

/** A build to show to the user. */
export const buildText = ({ version, program, probe }: Build): string =>
  `patchdiff ${version} (program ${program.slice(0, 8)}, probe ${probe.slice(0, 8)})`;

function requireRedisUrl(url: string): void {
  if (URL.canParse(url) && ['redis:', 'rediss:'].includes(new URL(url).protocol)) return;
  throw new UserError(
    'queue-invalid',
    '--queue is not the URL of a Redis',
    'Use --queue redis://HOST:PORT, or rediss:// for an encrypted connection.',
  );
}
