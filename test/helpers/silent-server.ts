import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that takes calls and never says a word; closed when the test ends. `called`: at the first call. */
export async function silentServer(): Promise<{ readonly host: string; readonly called: Promise<unknown> }> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  onTestFinished(() => {
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, called: once(server, 'connection') };
}
