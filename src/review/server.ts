import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { LABELS } from '../model/label.js';
import { UserError } from '../model/errors.js';
import { refusal, type Place } from './guard.js';

/** What a reviewer sent: a label for a pair, or null to take it back. */
const givenSchema = z.object({
  pair: z.string(),
  label: z.enum(LABELS).nullable(),
  note: z.string().max(10_000),
});
export type GivenLabel = z.infer<typeof givenSchema>;

/** The page that the server shows, and where labels go. */
export interface ReviewDesk {
  readonly page: () => Promise<string>;
  /** False when the run has no such pair. */
  readonly take: (given: GivenLabel) => Promise<boolean>;
}

export interface ReviewServer {
  /** Where the page is, token included. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
const MOST_BYTES = 64 * 1024;

/** Serves the desk on loopback. @param port 0 for any that is free @throws UserError `port-taken` */
export async function serveReview(desk: ReviewDesk, port: number): Promise<ReviewServer> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer();
  await listen(server, port);
  const host = `${HOST}:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    void answer(request, response, desk, { host, token }).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
  return {
    address: `http://${host}/${token}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isPort = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        isPort
          ? new UserError(
              'port-taken',
              `port ${port} cannot be used (${error.code ?? ''})`,
              'Choose another --port.',
            )
          : error,
      );
    });
    server.listen(port, HOST, resolve);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  desk: ReviewDesk,
  place: Place,
): Promise<void> {
  const { method = '', url = '/', headers } = request;
  const path = url.split('?')[0] ?? '/';
  const refused = refusal({ method, path, headers }, place);
  if (refused !== null) {
    send(response, refused, 'refused');
  } else if (method === 'GET' && path === `/${place.token}/`) {
    send(response, 200, await desk.page(), 'text/html; charset=utf-8');
  } else if (method === 'POST' && path === `/${place.token}/label`) {
    const given = givenSchema.safeParse(await readJson(request));
    if (!given.success) send(response, 400, 'not a label');
    else if (await desk.take(given.data)) send(response, 200, 'saved');
    else send(response, 404, 'no such pair');
  } else {
    send(response, 404, 'nothing here');
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

/** The body as JSON; undefined when it is not JSON, or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
