import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The parts of a request that decide whether it is answered. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Where the server is: `127.0.0.1:PORT` and the token in every address. */
export interface Place {
  readonly host: string;
  readonly token: string;
}

/**
 * The HTTP status with which a request is refused; null when it is answered. A foreign Host header is a sign of DNS
 * rebinding, a foreign origin one of a request forged by another site.
 */
export function refusal({ method, path, headers }: RequestFacts, { host, token }: Place): number | null {
  if (headers.host !== host) return 403;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403;
  if (!isSame(path.split('/')[1] ?? '', token)) return 404;
  if (method === 'GET') return null;
  if (method !== 'POST') return 405;
  if (headers.origin !== `http://${host}`) return 403;
  return /^application\/json\b/.test(headers['content-type'] ?? '') ? null : 415;
}

function isSame(one: string, other: string): boolean {
  const [own, theirs] = [Buffer.from(one), Buffer.from(other)];
  return own.length === theirs.length && timingSafeEqual(own, theirs);
}
