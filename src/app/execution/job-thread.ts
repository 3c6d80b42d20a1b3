import { parentPort, workerData } from 'node:worker_threads';
import { runJob, type JobTask, type ThreadMessage } from './run-job.js';

/** The body of a thread that runs one job: sends its events and what came of it, and stops when it is told to. */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const stopping = new AbortController();
  port.once('message', () => {
    stopping.abort(new Error('stopped'));
  });
  const send = (message: ThreadMessage) => {
    port.postMessage(message);
  };
  const listen = (event: Extract<ThreadMessage, { kind: 'event' }>['event']) => {
    send({ kind: 'event', event });
  };
  send(await runJob(workerData as JobTask, listen, stopping.signal));
  port.close();
}

if (parentPort) await main(parentPort);
