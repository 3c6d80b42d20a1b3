import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** zstd data that is damaged or cut off. */
export class DamagedZstd extends Error {
  override readonly name = 'DamagedZstd';
}

/** So little is unpacked at a time, since a few bytes can stand for much. */
const PACKED_PART = 1 << 12;
/** What so little stands for takes milliseconds to unpack. */
const SECONDS_PER_PART = 10;

/** Answers each part with what it unpacks to. Text, as a file of its own would have another name when it is compiled. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { Decompress } = require(workerData);
let pieces = [];
const unpacking = new Decompress((data) => { pieces.push(Buffer.from(data)); });
parentPort.on('message', ({ part, final }) => {
  let problem = null;
  try { unpacking.push(part, final); } catch (error) { problem = String(error.message); }
  parentPort.postMessage({ pieces, problem });
  pieces = [];
});`;

interface Answer {
  readonly pieces: readonly Uint8Array[];
  readonly problem: string | null;
}

/**
 * Unpacks zstd, by fzstd, since Node's own zlib has it from 22.15 only. In a thread that can be ended: on some damaged
 * data, fzstd does not come to an end.
 * @throws DamagedZstd after what came before the damage was given out
 */
export async function* unzstd(
  chunks: AsyncIterable<Buffer>,
  secondsPerPart = SECONDS_PER_PART,
): AsyncGenerator<Buffer> {
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: createRequire(import.meta.url).resolve('fzstd'),
  });
  const unpack = async function* (part: Uint8Array, final: boolean): AsyncGenerator<Buffer> {
    worker.postMessage({ part: new Uint8Array(part), final });
    const { pieces, problem } = await answerOf(worker, secondsPerPart);
    for (const piece of pieces) yield Buffer.from(piece);
    if (problem !== null) throw new DamagedZstd(problem);
  };
  try {
    for await (const chunk of chunks)
      for (let at = 0; at < chunk.length; at += PACKED_PART)
        yield* unpack(chunk.subarray(at, at + PACKED_PART), false);
    yield* unpack(new Uint8Array(0), true);
  } finally {
    await worker.terminate();
  }
}

async function answerOf(worker: Worker, seconds: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new DamagedZstd(`it was not unpacked within ${seconds} s`));
    }, seconds * 1000);
    worker.once('error', reject);
    worker.once('message', (answer: Answer) => {
      clearTimeout(limit);
      worker.off('error', reject);
      resolve(answer);
    });
  });
}
