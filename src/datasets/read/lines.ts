import { textOfBytes } from '../../platform/byte-text.js';
import type { Chunks } from './chunks.js';
import { expanded } from './collections.js';
import { isFields, type RawRecord, type RecordLayout } from './raw-record.js';

const NEWLINE = 0x0a;
/** V8 has no longer strings. */
const LONGEST_LINE = 500 * 1024 * 1024;

interface Line {
  readonly bytes: Buffer;
  readonly number: number;
  /** Nothing follows, not even a line break. */
  readonly last: boolean;
}

/**
 * The value on each line; empty lines are skipped. The only line of a file may hold several records.
 * @param first number of the line that is read first, where others were read before
 */
export async function* readLines(
  chunks: Chunks,
  file: string,
  layout: RecordLayout,
  first: number,
): AsyncGenerator<RawRecord> {
  let held: RawRecord | null = null;
  let count = 0;
  for await (const line of linesOf(chunks, first)) {
    const record = recordOf(line, file);
    if (record === null) continue;
    count += 1;
    if (held) yield* manyOf(held, layout);
    held = record;
  }
  if (!held) return;
  if (count === 1 && first === 1) yield* expanded(held, layout);
  else yield* manyOf(held, layout);
}

/** A line may hold an object keyed by id; its values are objects then. */
function* manyOf(record: RawRecord, layout: RecordLayout): Generator<RawRecord> {
  const { value } = record;
  const isCollection =
    isFields(value) && Object.values(value).length > 0 && Object.values(value).every(isFields);
  if (isCollection) yield* expanded(record, layout);
  else yield record;
}

function recordOf({ bytes, number, last }: Line, file: string): RawRecord | null {
  const place = `${file}:${number}`;
  const source = { file, line: number };
  if (bytes.length > LONGEST_LINE) {
    return { value: '', source, place, broken: 'the line is longer than 500 MB' };
  }
  const text = textOfBytes(bytes);
  if (text.trim() === '') return null;
  try {
    return { value: JSON.parse(text) as unknown, source, place };
  } catch (error) {
    return { value: text.slice(0, 4096), source, place, broken: whyNot(error, last) };
  }
}

/** Why a text is not JSON. `cut`: nothing follows it. */
export function whyNot(error: unknown, cut: boolean): string {
  const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 200) : String(error);
  return cut ? `the last record is cut off or not valid JSON: ${why}` : `not valid JSON: ${why}`;
}

async function* linesOf(chunks: Chunks, first: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = first;
  const keep = (part: Buffer) => {
    size += part.length;
    if (size <= LONGEST_LINE) parts.push(part);
    else parts = [];
  };
  const take = (last: boolean): Line => {
    const bytes = size > LONGEST_LINE ? Buffer.alloc(0) : Buffer.concat(parts);
    const line = { bytes, number, last };
    parts = [];
    size = 0;
    number += 1;
    return line;
  };
  for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield take(false);
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  yield take(true);
}
