import type { Readable } from 'node:stream';

/** A line was longer than agreed: whoever writes it is not to be listened to any more. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';

  constructor(readonly maximum: number) {
    super(`a line of more than ${maximum} bytes`);
  }
}

/**
 * The lines of a stream as they come, without their ends; a last line without an end is dropped, and a stream
 * that breaks off has ended.
 * @param maximum longest line in bytes
 * @throws LineTooLong; the stream is left open, and whoever catches it kills the writer and destroys it
 */
export async function* readLines(stream: Readable, maximum: number): AsyncGenerator<string, void, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  const chunks = untilBroken(stream);
  let isTooLong = false;
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const chunk = next.value;
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        parts.push(chunk.subarray(start, end));
        yield Buffer.concat(parts).toString('utf8');
        parts = [];
        size = 0;
        start = end + 1;
      }
      parts.push(chunk.subarray(start));
      size += chunk.length - start;
      isTooLong = size > maximum;
      if (isTooLong) throw new LineTooLong(maximum);
    }
  } finally {
    // A writer of a line that is too long is to be killed, not to end by itself because its pipe was closed.
    if (!isTooLong) await chunks.return();
  }
}

async function* untilBroken(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch {
    return; // destroyed, or the other end is gone
  }
}
