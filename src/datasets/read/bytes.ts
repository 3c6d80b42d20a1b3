import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../model/errors.js';
import { DamagedZstd, unzstd } from './zstd.js';

/** What a file is read as; the codes of errors begin with it. */
export type FileKind = 'dataset' | 'predictions' | 'results';

/** The compressed data of a file is damaged or cut off. What came before it has been given out. */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';
}

const CHUNK = 1 << 18;

/**
 * The content of a file as UTF-8, in pieces: gzip and zstd are told by their first bytes and unpacked, UTF-16 is
 * converted, a byte order mark is left out. Bytes that are no UTF-8 stay as they are.
 * @throws UserError `KIND-missing`, `KIND-unreadable`; DamagedData
 */
export async function* readBytes(file: string, kind: FileKind): AsyncGenerator<Buffer> {
  yield* asUtf8(unpacked(rawBytes(file, kind)));
}

/** The whole content of a file, as it is but for compression. Errors as for `readBytes`. */
export async function readAll(file: string, kind: FileKind): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of unpacked(rawBytes(file, kind))) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* rawBytes(file: string, kind: FileKind): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) yield chunk as Buffer;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT')
      throw new UserError(`${kind}-missing`, `there is no file ${file}`, 'Check the path.');
    throw new UserError(`${kind}-unreadable`, `${file} cannot be read (${code})`, undefined, {
      cause: error,
    });
  }
}

async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks, 4);
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(all);
  else if (head.equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) yield* unpackedZstd(all);
  else yield* all;
}

async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unpacking = createGunzip({ chunkSize: CHUNK });
  pipeline(chunks, unpacking, () => undefined); // the error comes out of the iteration below
  try {
    for await (const chunk of unpacking) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new DamagedData(`gzip: ${messageOf(error)}`, { cause: error });
  }
}

async function* unpackedZstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* unzstd(chunks);
  } catch (error) {
    if (error instanceof DamagedZstd) throw new DamagedData(`zstd: ${error.message}`, { cause: error });
    throw error;
  }
}

async function* asUtf8(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks, 3);
  const encoding = utf16Of(head);
  if (encoding === null) {
    let skip = head.equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    for await (const chunk of all) {
      const rest = chunk.subarray(skip);
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of all) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

/** UTF-16 by its byte order mark, or by the zero byte beside the bracket that JSON begins with. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [first = -1, second = -1] = head;
  const isBracket = (byte: number) => byte === 0x5b || byte === 0x7b;
  if ((first === 0xff && second === 0xfe) || (isBracket(first) && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && isBracket(second))) return 'utf-16be';
  return null;
}

/** A patch that a shell wrote in UTF-16, which git cannot read, as UTF-8; any other content as it is. */
export function withoutUtf16(bytes: Buffer): Buffer {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isMarked ? utf16Of(bytes) : null;
  return encoding === null ? bytes : Buffer.from(new TextDecoder(encoding).decode(bytes), 'utf8');
}

/** The first bytes, up to `length`, and all of them again. */
async function peek(
  chunks: AsyncGenerator<Buffer>,
  length: number,
): Promise<{ readonly head: Buffer; readonly all: AsyncGenerator<Buffer> }> {
  const seen: Buffer[] = [];
  let size = 0;
  while (size < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    seen.push(next.value);
    size += next.value.length;
  }
  const all = async function* () {
    yield* seen;
    yield* chunks;
  };
  return { head: Buffer.concat(seen).subarray(0, length), all: all() };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
