import { expect, it } from 'vitest';
import { bytesOfText, legible, textOfBytes } from '../../../src/platform/byte-text.js';
import { printable } from '../../../src/platform/escape/terminal.js';

const all = Uint8Array.from({ length: 256 }, (_, index) => index);

it.each([
  ['UTF-8', Buffer.from('é 日本 😀\0\r\n')],
  ['every byte', all],
  ['Shift-JIS', Uint8Array.from([0x93, 0xfa, 0x96, 0x7b, 0x0a])],
  ['UTF-16', Buffer.from('\uFEFFab\n', 'utf16le')],
  ['a surrogate in UTF-8', Uint8Array.from([0xed, 0xb3, 0xa9, 0x41])],
  ['sequences that are cut off', Uint8Array.from([0xf0, 0x9f, 0x98, 0xe2, 0x82, 0xc3])],
])('keeps the bytes of %s, also through JSON', (_, bytes) => {
  const text = textOfBytes(bytes);
  expect(Buffer.from(bytesOfText(text))).toEqual(Buffer.from(bytes));
  expect(JSON.parse(JSON.stringify(text))).toBe(text);
});

it('makes other texts of other bytes', () => {
  const texts = [0xe8, 0xe9].map((byte) => textOfBytes(Uint8Array.from([byte])));
  expect(texts).toEqual(['\udce8', '\udce9']);
  expect(texts.map(legible)).toEqual(['\uFFFD', '\uFFFD']);
});

it('keeps other lone surrogates apart', () => {
  expect(bytesOfText('\ud800')).not.toEqual(bytesOfText('\udfff'));
});

it('shows control characters and single bytes as text', () => {
  expect(printable('a\tb\n\x1b]0;x\x07\r\x9b\u202e\udce9é')).toBe(
    'a\tb\n\\x1b]0;x\\x07\\x0d\\x9b\\u202e\\xe9é',
  );
});
