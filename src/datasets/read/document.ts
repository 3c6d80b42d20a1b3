import { textOfBytes } from '../../platform/byte-text.js';
import type { Chunks } from './chunks.js';
import { JsonCutter, type Piece } from './json-cutter.js';
import { whyNot } from './lines.js';
import { isFields, WRAPPERS, type Fields, type RawRecord, type RecordLayout } from './raw-record.js';

/** So much of an object is kept until it is known whether it is a record; more of it must be a collection. */
const MOST_UNDECIDED = 64 * 1024 * 1024;

/**
 * The records of a list or an object, which may be too large for the memory; `first` is the line that it begins on. Returns
 * the line that it ends on; what follows it is left.
 */
export async function* readDocument(
  chunks: Chunks,
  file: string,
  layout: RecordLayout,
  first: number,
): AsyncGenerator<RawRecord, number> {
  const cutter = new JsonCutter(new Set(WRAPPERS), first);
  const members = new Members(file, layout);
  for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) {
    const { pieces, taken } = cutter.push(chunk);
    for (const piece of pieces) yield* members.take(piece);
    if (!cutter.ended) continue;
    chunks.unread(chunk.subarray(taken));
    break;
  }
  const rest = cutter.end();
  if (rest) yield* members.take(rest);
  yield* members.end();
  return cutter.line;
}

/** Makes records of the members of a list or an object, and finds out what the object is. */
class Members {
  #undecided: Piece[] = [];
  #size = 0;
  #isCollection = false;
  #outer: Fields = {};
  /** The key of the object that holds the records; null where they are its own members. */
  #holder: string | null = null;
  #count = 0;

  constructor(
    private readonly file: string,
    private readonly layout: RecordLayout,
  ) {}

  *take(piece: Piece): Generator<RawRecord> {
    if (this.#isCollection || (!piece.keyed && piece.within === null && !this.#undecided.length)) {
      yield* this.#member(piece);
      return;
    }
    this.#undecided.push(piece);
    this.#size += piece.bytes.length;
    if (this.#size > MOST_UNDECIDED && !this.#isRecord()) {
      this.#isCollection = true;
      yield* this.#collected();
    }
  }

  *end(): Generator<RawRecord> {
    if (this.#undecided.length === 0) return;
    if (this.#isRecord()) yield this.#record();
    else yield* this.#collected();
  }

  #isRecord(): boolean {
    return this.#undecided.some(({ keyed, within, bytes }) => {
      const key = keyed && within === null ? keyOf(bytes) : null;
      return key !== null && this.layout.isRecordKey(key);
    });
  }

  #record(): RawRecord {
    const own = this.#undecided.filter(({ within }) => within === null);
    const line = own[0]?.line ?? 1;
    const value: Record<string, unknown> = {};
    for (const { bytes, cut } of own) {
      const member = memberOf(bytes);
      if (member instanceof Error || cut) {
        const text = own.map((piece) => piece.bytes.toString('utf8', 0, 1024)).join(',');
        const why = member instanceof Error ? member : new Error('the file ends within it');
        return { ...this.#at(line), value: text, broken: whyNot(why, cut) };
      }
      Object.assign(value, member);
    }
    return { ...this.#at(line), value };
  }

  *#collected(): Generator<RawRecord> {
    const pieces = this.#undecided.splice(0);
    const holders = new Set(pieces.map(({ within }) => within));
    this.#holder = WRAPPERS.find((key) => holders.has(key)) ?? null;
    if (this.#holder !== null) {
      const beside = pieces.filter(({ within, keyed }) => within === null && keyed);
      this.#outer = Object.assign({}, ...beside.map(({ bytes }) => fieldsOf(bytes))) as Fields;
    }
    for (const piece of pieces) yield* this.#member(piece);
  }

  *#member({ bytes, keyed, within, cut, line }: Piece): Generator<RawRecord> {
    const outer = within === null ? {} : { outer: this.#outer };
    if (within !== this.#holder && !cut) return; // what stands beside the records is none
    if (bytes.length === 0) {
      yield { ...this.#at(line), value: '', broken: 'the file is cut off here' };
      return;
    }
    this.#count += 1;
    const found = keyed ? memberOf(bytes) : valueOf(bytes);
    if (found instanceof Error) {
      yield { ...this.#at(line), value: bytes.toString('utf8', 0, 4096), broken: whyNot(found, cut) };
      return;
    }
    const key = keyed && isFields(found) ? Object.keys(found)[0] : undefined;
    const value = key === undefined || !isFields(found) ? found : found[key];
    const place = key === undefined ? `item ${this.#count}` : `key ${JSON.stringify(key)}`;
    const source = { file: this.file };
    yield { value, source, place: `${this.file}, ${place}`, ...(key === undefined ? {} : { key }), ...outer };
  }

  #at(line: number): Pick<RawRecord, 'source' | 'place'> {
    return { source: { file: this.file, line }, place: `${this.file}:${line}` };
  }
}

function keyOf(bytes: Buffer): string | null {
  return /^\s*"([^"\\]*)"\s*:/.exec(bytes.toString('utf8', 0, 1024))?.[1] ?? null;
}

const memberOf = (bytes: Buffer): unknown => parsed(`{${textOfBytes(bytes)}}`);
const valueOf = (bytes: Buffer): unknown => parsed(textOfBytes(bytes));

function fieldsOf(bytes: Buffer): Fields {
  const member = memberOf(bytes);
  return isFields(member) ? member : {};
}

/** The value of a JSON text, or the error that there is instead. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
