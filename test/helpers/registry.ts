import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { packFiles } from '../../src/observe/engine/docker/archive.js';

export interface Registry {
  /** `localhost:PORT/busy:1`: the one image that it has. */
  readonly image: string;
  /** How often the image was asked for, refused or not. */
  readonly asked: () => number;
  readonly close: () => void;
}

const TYPE = 'application/vnd.docker.distribution.manifest.v2+json';
const digest = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** A registry on this machine that says "too many requests" to the first ones for its image, of one file. */
export async function startBusyRegistry(refusals: number): Promise<Registry> {
  const layer = await buffer(packFiles(new URL('.', import.meta.url).pathname, ['registry.ts']));
  const zipped = gzipSync(layer);
  const rootfs = { type: 'layers', diff_ids: [digest(layer)] };
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs }));
  const part = (mediaType: string, content: Buffer) => ({
    mediaType: `application/vnd.docker.${mediaType}`,
    size: content.length,
    digest: digest(content),
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPE,
      config: part('container.image.v1+json', config),
      layers: [part('image.rootfs.diff.tar.gzip', zipped)],
    }),
  );
  const blobs = new Map([config, zipped].map((content) => [digest(content), content]));
  let asked = 0;
  const server = createServer((request, response) => {
    const [, kind, name] = /\/(manifests|blobs)\/([^/]+)$/.exec(request.url ?? '') ?? [];
    if (kind === undefined) {
      response.end('{}');
      return;
    }
    if (kind === 'manifests' && ++asked <= refusals) {
      response.writeHead(429, { 'content-type': 'application/json' });
      response.end('{"errors": [{"code": "TOOMANYREQUESTS", "message": "too many requests"}]}');
      return;
    }
    const content = kind === 'manifests' ? manifest : blobs.get(name ?? '');
    response.writeHead(content ? 200 : 404, {
      'content-type': kind === 'manifests' ? TYPE : 'application/octet-stream',
      'content-length': content?.length ?? 0,
      'docker-content-digest': digest(content ?? Buffer.of()),
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    image: `localhost:${port}/busy:1`,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
