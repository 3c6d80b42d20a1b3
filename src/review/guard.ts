import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What of a request decides whether it may be answered. */
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
 * Why a request is refused, as an HTTP status; null when it may be answered. Another host name means that a page from
 * elsewhere had its name lead here; another origin, that it sends requests on the reader's behalf.
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
