import { textOfBytes } from '../platform/byte-text.js';

/** What PEP 263 takes for the declaration of an encoding, in one of the first two lines. */
const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The encoding that a Python source declares, in lower case; `utf-8` where it declares none. */
export function encodingOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const [first = '', second = ''] = start.split(/\r\n|\r|\n/, 2);
  const declared =
    DECLARATION.exec(first) ?? (/^[ \t\f]*(#|$)/.test(first) ? DECLARATION.exec(second) : null);
  return declared?.[1]?.toLowerCase().replaceAll('_', '-') ?? 'utf-8';
}

/**
 * The text of a Python source, in the encoding that it declares, without a byte order mark. Bytes that have no meaning
 * in it stay apart from each other, as characters that stand for bytes.
 */
export function sourceText(bytes: Uint8Array): string {
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
