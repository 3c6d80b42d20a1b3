import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { demultiplex } from '../../../../../src/observe/engine/docker/demultiplex.js';

const [STDOUT, STDERR] = [1, 2];

function frame(stream: number, content: string): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe('demultiplex', () => {
  const frames = Buffer.concat([
    frame(STDOUT, 'où '),
    frame(STDERR, 'oops'),
    frame(STDOUT, ''),
    frame(STDOUT, 'is it?'),
  ]);

  it.each([1, 3, 7, 8, 9, 1000])(
    'tells the streams apart when they come in pieces of %i bytes',
    async (size) => {
      const pieces: Buffer[] = [];
      for (let at = 0; at < frames.length; at += size) pieces.push(frames.subarray(at, at + size));
      const { stdout, stderr } = demultiplex(Readable.from(pieces));
      expect(await Promise.all([text(stdout), text(stderr)])).toEqual(['où is it?', 'oops']);
    },
  );

  it('ends both streams when the connection breaks', async () => {
    const connection = new PassThrough();
    const { stdout, stderr, ended } = demultiplex(connection);
    connection.write(frames.subarray(0, 10));
    connection.destroy(new Error('reset'));
    await ended;
    expect(await Promise.all([text(stdout), text(stderr)])).toEqual([expect.any(String), '']);
  });

  it('takes no more from the connection than a reader that does not read leaves room for', async () => {
    let taken = 0;
    const connection = Readable.from(
      (function* () {
        for (; taken < 1000; taken++) yield frame(STDOUT, 'x'.repeat(10_000));
      })(),
      { highWaterMark: 1 },
    );
    const sut = demultiplex(connection);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => sut.stdout.once('readable', resolve));
    expect(taken).toBeLessThan(20);
    sut.release();
    sut.stdout.resume();
    await sut.ended;
    expect(taken).toBe(1000);
  });
});
