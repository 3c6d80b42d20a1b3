import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { guarded, unguarded } from '../../../../src/cli/terminal/guarded.js';

it('writes control characters of names and messages as text, and leaves its own to the stream itself', () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  const sut = guarded(stream);
  sut.write('model \u001b]0;owned\u0007\u001b[2J\r\n');
  unguarded(sut).write('\u001b[?25l');
  expect(String(stream.read())).toBe('model \\x1b]0;owned\\x07\\x1b[2J\\x0d\n\u001b[?25l');
});
