import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LineTooLong, readLines } from '../../../../src/observe/probe/lines.js';

const all = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
};
const inPieces = (text: string, size: number): Readable => {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(pieces);
};

describe('readLines', () => {
  it.each([1, 2, 3, 100])('puts lines together that come in pieces of %i bytes', async (size) => {
    expect(await all(readLines(inPieces('où\n\nb\n', size), 100))).toEqual(['où', '', 'b']);
  });

  it('drops a last line that has no end', async () => {
    expect(await all(readLines(inPieces('a\nbroken o', 4), 100))).toEqual(['a']);
  });

  it('refuses a line longer than the maximum, however it comes', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1000, 'x');
      })(),
    );
    await expect(all(readLines(endless, 10_000))).rejects.toBeInstanceOf(LineTooLong);
  });

  it('counts each line by itself', async () => {
    expect(await all(readLines(inPieces('aaaa\nbbbb\ncccc\n', 3), 5))).toEqual(['aaaa', 'bbbb', 'cccc']);
  });

  it('ends when the stream is destroyed', async () => {
    const stream = new PassThrough();
    stream.write('a\nb');
    const lines = all(readLines(stream, 100));
    setImmediate(() => stream.destroy());
    expect(await lines).toEqual(['a']);
  });
});
