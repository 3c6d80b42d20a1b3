import { PassThrough, type Readable } from 'node:stream';

const HEADER_BYTES = 8;
const STDERR = 2;

/** Output of a process in a container. */
export interface Output {
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  /** Resolves when the connection has ended or broken, and all that it carried was read or is buffered. */
  readonly ended: Promise<void>;
  /** Lets the connection be read to its end even if nobody reads the output any more. */
  release(): void;
}

/** Takes Docker's stream apart: frames of a header (stream, 3 zeros, 4 bytes of length) and that many bytes. */
export function demultiplex(connection: Readable): Output {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const release = new AbortController();
  const distribute = async () => {
    let header = Buffer.alloc(0);
    let left = 0;
    let target = stdout;
    for await (const chunk of connection) {
      let rest = chunk as Buffer;
      while (rest.length > 0) {
        if (left === 0) {
          const missing = HEADER_BYTES - header.length;
          header = Buffer.concat([header, rest.subarray(0, missing)]);
          rest = rest.subarray(missing);
          if (header.length < HEADER_BYTES) break;
          target = header[0] === STDERR ? stderr : stdout;
          left = header.readUInt32BE(4);
          header = Buffer.alloc(0);
        }
        await deliver(target, rest.subarray(0, left), release.signal);
        const delivered = Math.min(left, rest.length);
        rest = rest.subarray(delivered);
        left -= delivered;
      }
    }
  };
  const ended = distribute()
    .catch(() => undefined) // a broken connection ends both streams
    .then(() => {
      stdout.end();
      stderr.end();
    });
  return {
    stdout,
    stderr,
    ended,
    release: () => {
      release.abort();
    },
  };
}

/** Writes, and waits until the reader can take more or `released` aborts; a destroyed reader gets nothing. */
async function deliver(target: PassThrough, bytes: Buffer, released: AbortSignal): Promise<void> {
  if (target.destroyed || target.write(bytes) || released.aborted) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      target.off('drain', go).off('close', go);
      released.removeEventListener('abort', go);
      resolve();
    };
    target.on('drain', go).on('close', go);
    released.addEventListener('abort', go);
  });
}
