import { UserError } from '../../model/errors.js';
import { textOfBytes } from '../../platform/byte-text.js';
import { DamagedData, readBytes } from './bytes.js';
import { Chunks } from './chunks.js';
import { readDocument } from './document.js';
import { readLines } from './lines.js';
import { readParquetRecords } from './parquet.js';
import type { RawRecord, RecordLayout } from './raw-record.js';

/**
 * The records of a file, one after the other: of JSON Lines, a list, an object that is one record, an object keyed
 * by id, or an object around one of these, told by the content and not by the name; of Parquet; packed with gzip or
 * zstd or not. What cannot be read is a broken record, and those after it are read.
 * @throws UserError `KIND-missing`, `KIND-unreadable`, `KIND-malformed` for a damaged Parquet file
 */
export async function* readRecords(file: string, layout: RecordLayout): AsyncGenerator<RawRecord> {
  const chunks = new Chunks(readBytes(file, layout.kind));
  try {
    const start = (await chunks.head()).subarray(0, 4).toString('latin1');
    if (start === 'PAR1') yield* readParquetRecords(file, layout);
    else if (start === ZIP) throw zipped(file, layout);
    else yield* readJson(chunks, file, layout);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    const broken = `the file is damaged or cut off here (${error.message})`;
    yield { value: '', source: { file }, place: file, broken };
  } finally {
    await chunks.close();
  }
}

/** JSON texts one after the other, of which each may take many lines. */
async function* readJson(chunks: Chunks, file: string, layout: RecordLayout): AsyncGenerator<RawRecord> {
  let line = 1;
  for (let head = await chunks.head(); isDocument(head, file); head = await chunks.head())
    line = yield* readDocument(chunks, file, layout, line);
  yield* readLines(chunks, file, layout, line);
}

const ZIP = 'PK\x03\x04';

const zipped = (file: string, { kind }: RecordLayout): UserError =>
  new UserError(
    `${kind}-unreadable`,
    `${file} is a zip archive`,
    'Unpack it. `inspect log dump` makes JSON of a log of inspect_ai.',
  );

/** Whether a file is one JSON text, and not one on each line. */
function isDocument(head: Buffer, file: string): boolean {
  const text = textOfBytes(head).trimStart();
  if (text.startsWith('[')) return true;
  if (!text.startsWith('{')) return false;
  const [line = '', next = ''] = text.split('\n', 2);
  if (isJson(line) || (next.trimStart().startsWith('{') && isJson(next))) return false;
  return line.trim() === '{' || !/\.(jsonl|ndjson)(\.\w+)?$/.test(file);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
