import type { Readable } from 'node:stream';

/** Reads a stream to its end and keeps the last bytes of it. */
export class Tail {
  #kept = Buffer.alloc(0);
  /** Resolves when the stream has ended or was destroyed. */
  readonly finished: Promise<void>;

  constructor(
    stream: Readable,
    private readonly bytes: number,
  ) {
    stream.on('data', (chunk: Buffer) => {
      this.#kept = Buffer.concat([this.#kept, chunk]).subarray(-this.bytes);
    });
    stream.on('error', () => undefined);
    this.finished = new Promise((resolve) => stream.once('close', resolve));
  }

  /** The tail so far; bytes that are not UTF-8 show as replacement characters. */
  text(): string {
    return this.#kept.toString('utf8');
  }
}
