import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A dataset as the hub has it: the commit of `main`, and its files. */
export interface HubDataset {
  readonly commit: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface HubServer {
  readonly url: string;
  /** Paths asked for so far. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the routes of the Hugging Face hub that a download uses; closed when the test ends. */
export async function hubServer(datasets: Readonly<Record<string, HubDataset>>): Promise<HubServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    asked.push(pathname);
    const [, name = '', route = '', rest = ''] =
      /^(?:\/api)?\/datasets\/([^/]+\/[^/]+)\/(revision|tree|resolve)\/(.*)$/.exec(pathname) ?? [];
    const dataset = datasets[name];
    const revision = rest.split('/')[0] ?? '';
    const json = (value: unknown) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (!dataset || !['main', 'HEAD', dataset.commit].includes(revision)) {
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"Repository not found"}');
    } else if (route === 'revision') {
      json({
        _id: '1',
        id: name,
        sha: dataset.commit,
        private: false,
        gated: false,
        lastModified: '2026-01-01',
      });
    } else if (route === 'tree') {
      const files = Object.entries(dataset.files);
      json(files.map(([path, bytes]) => ({ type: 'file', path, size: bytes.length, oid: '0' })));
    } else {
      sendFile(request.headers.range, dataset.files[rest.slice(revision.length + 1)]);
    }

    function sendFile(range: string | undefined, bytes: Uint8Array | undefined): void {
      if (!bytes) {
        response.writeHead(404, { 'X-Error-Code': 'EntryNotFound' }).end();
        return;
      }
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
      const end = last === undefined || last === '' ? bytes.length - 1 : Number(last);
      const part = bytes.subarray(Number(first ?? 0), end + 1);
      response
        .writeHead(first === undefined ? 200 : 206, {
          ETag: '"0"',
          'Content-Length': part.length,
          'Content-Range': `bytes ${first ?? 0}-${end}/${bytes.length}`,
        })
        .end(part);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close };
}
