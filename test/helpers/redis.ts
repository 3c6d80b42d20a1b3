import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { execa } from 'execa';
import { temporaryDirectory } from './temporary-directory.js';

/** A Redis of the test's own, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `redis-server`. Fails where that is not installed, and says so. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const directory = await temporaryDirectory();
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const server = execa('redis-server', [...settings, '--dir', directory], { reject: false, stdin: 'ignore' });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ready to accept connections')) resolve();
    });
    void server.then(({ code, stderr }) => {
      const why =
        code === 'ENOENT' ? 'this test needs redis-server (Debian: redis-server)' : `${said}${stderr}`;
      reject(new Error(why));
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL');
      await server;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
