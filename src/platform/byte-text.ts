import { isUtf8 } from 'node:buffer';

/**
 * Bytes as text and back without loss, as Python's `surrogateescape` does it: what is not UTF-8 becomes U+DC80 to
 * U+DCFF, a character for each byte. JSON keeps these, so that patches and sources of any encoding can travel as
 * text through records, reports and queues.
 */

/** The text that stands for bytes. Equal bytes give equal texts, and others never do. */
export function textOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  while (at < buffer.length) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    pieces.push(buffer.toString('utf8', start, at), String.fromCharCode(0xdc00 + (buffer[at] ?? 0)));
    at += 1;
    start = at;
  }
  pieces.push(buffer.toString('utf8', start));
  return pieces.join('');
}

/** The bytes that a text stands for. Other lone surrogates, which stand for no byte, become three bytes each. */
export function bytesOfText(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, 'utf8');
  const pieces = text
    .split(/(\p{Surrogate})/u)
    .map((piece, index) =>
      index % 2 === 0 ? Buffer.from(piece, 'utf8') : bytesOfSurrogate(piece.charCodeAt(0)),
    );
  return Buffer.concat(pieces);
}

/** A text for readers and for Unicode encoders: what stands for a single byte becomes U+FFFD. */
export const legible = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

function bytesOfSurrogate(unit: number): Buffer {
  if (unit >= 0xdc80 && unit <= 0xdcff) return Buffer.from([unit - 0xdc00]);
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}

/** How many bytes the UTF-8 sequence at a position has; 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
