import { textOfBytes } from '../platform/byte-text.js';

/** What PEP 263 takes for the declaration of an encoding, in one of the first two lines. */
const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The encoding that a Python source declares, in lower case; `utf-8` where it declares none. */
export function encodingOf(bytes: Uint8Array): string {
  const [first = '', second = ''] = firstLines(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const declared =
    DECLARATION.exec(first) ?? (/^[ \t\f]*(#|$)/.test(first) ? DECLARATION.exec(second) : null);
  return declared?.[1]?.toLowerCase().replaceAll('_', '-') ?? 'utf-8';
}

/** The first two lines, however long, without a byte order mark. */
function firstLines(bytes: Buffer): string[] {
  const ends = (from: number) => {
    const [feed, carriage] = [bytes.indexOf(10, from), bytes.indexOf(13, from)].map((at) =>
      at < 0 ? bytes.length : at,
    );
    return Math.min(feed ?? 0, carriage ?? 0);
  };
  const end = ends(0);
  const next = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  const first = bytes.toString('latin1', 0, end).replace(/^\u00ef\u00bb\u00bf/, '');
  return [first, bytes.toString('latin1', next, Math.max(next, ends(next)))];
}

/**
 * The text of a Python source as the interpreter reads it: its lines end in line feeds.
 * It is the text of its bytes, in the encoding that it declares, without a byte order mark. Bytes that have no meaning
 * in it stay apart from each other, as characters that stand for bytes.
 */
export function sourceText(bytes: Uint8Array): string {
  return decoded(bytes).replaceAll(/\r\n?/g, '\n');
}

function decoded(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  // A web browser reads these as Windows-1252, Python does not.
  if (/^(latin-?1|l1|iso-?8859-?1|iso-latin-1|cp819)(-|$)/.test(encoding))
    return Buffer.from(bytes).toString('latin1');
  if (/^utf-?8(-|$)/.test(encoding)) return textOfBytes(bytes).replace(/^\uFEFF/, '');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return textOfBytes(bytes); // an encoding that is not known here, or bytes that it does not have
  }
}
