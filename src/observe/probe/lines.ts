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
 * @throws LineTooLong
 */
export async function* readLines(stream: Readable, maximum: number): AsyncGenerator<string, void, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of untilBroken(stream)) {
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
    if (size > maximum) throw new LineTooLong(maximum);
  }
}

async function* untilBroken(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch {
    return; // destroyed, or the other end is gone
  }
}
