/** A member of the list or object that a JSON text is. */
export interface Piece {
  /** The text of an item, or of a key with its value. */
  readonly bytes: Buffer;
  /** Line that it begins on, from 1. */
  readonly line: number;
  /** Key of the list or object that it is a member of, where that is itself a member of the text's object. */
  readonly within: string | null;
  /** Whether it is a key with its value. */
  readonly keyed: boolean;
  /** The text ended before the end of its list or object. */
  readonly cut: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Longer pieces cannot become a string. */
const LONGEST_PIECE = 400 * 1024 * 1024;

/**
 * Cuts a JSON list or object of any size into its members, without keeping more than one of them; what they hold is for
 * `JSON.parse` to check. Members of the object whose keys are in `opened` are cut themselves when they are lists or
 * objects.
 *
 * No string of JSON has a line break, so that one ends a string that was not closed: a broken member does not
 * swallow those on other lines.
 */
export class JsonCutter {
  /** How deep the next byte is; 0 before the text begins and after it has ended. */
  #depth = 0;
  #inString = false;
  /** Backslashes directly before the next byte. */
  #backslashes = 0;
  /** Depth of the members that are cut out now: 1, or 2 inside an opened member. */
  #level = 1;
  #within: string | null = null;
  /** Kinds of the lists and objects that the members are in. */
  readonly #kinds: number[] = [];
  #parts: Buffer[] = [];
  #size = 0;
  #line: number;
  #pieceLine = 0;
  #ended = false;
  #ready: Piece[] = [];

  /** @param line number of the first line */
  constructor(
    private readonly opened: ReadonlySet<string>,
    line = 1,
  ) {
    this.#line = line;
  }

  /** Whether the list or object is closed. What follows it is not taken. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Line of the next byte, from 1. */
  get line(): number {
    return this.#line;
  }

  /** Takes the next bytes; gives the members that end in them, and how many bytes were taken. */
  push(chunk: Buffer): { readonly pieces: readonly Piece[]; readonly taken: number } {
    let start = 0;
    let at = 0;
    const keep = (end: number) => {
      if (end > start && this.#depth > 0) this.#keep(chunk.subarray(start, end));
    };
    while (at < chunk.length && !this.#ended) {
      if (this.#inString) {
        at = this.#skipString(chunk, at);
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) {
        this.#inString = true;
        this.#backslashes = 0;
      } else if (byte === NEWLINE) {
        this.#line += 1;
      } else if (byte === COMMA) {
        if (this.#depth === this.#level) {
          keep(at);
          this.#flush(false);
          start = at + 1;
        }
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        if (this.#depth === 0) start = at + 1;
        else if (this.#depth === 1 && this.#level === 1 && this.#kinds[0] === OPEN_OBJECT) {
          keep(at);
          start = at;
          if (this.#opens()) start = at + 1;
        }
        if (this.#depth < this.#level) this.#kinds[this.#depth] = byte;
        this.#depth += 1;
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (this.#depth === this.#level) {
          keep(at);
          this.#flush(false);
          start = at + 1;
          this.#close();
        }
        this.#depth -= 1;
        if (this.#depth <= 0) this.#ended = true;
      }
      at += 1;
      if (this.#pieceLine === 0 && byte > 0x20 && byte !== COMMA && this.#depth >= this.#level) {
        this.#pieceLine = this.#line;
      }
    }
    if (!this.#ended) keep(at);
    return { pieces: this.#ready.splice(0), taken: at };
  }

  /** What is left of the member that the text breaks off in, which may be nothing; null when the text has its end. */
  end(): Piece | null {
    if (this.#ended) return null;
    this.#flush(true);
    const nothing = {
      bytes: Buffer.alloc(0),
      line: this.#line,
      within: this.#within,
      keyed: false,
      cut: true,
    };
    return this.#ready.splice(0)[0] ?? nothing;
  }

  #skipString(chunk: Buffer, from: number): number {
    const quote = indexOr(chunk, QUOTE, from);
    const newline = chunk.subarray(from, quote).indexOf(NEWLINE);
    if (newline !== -1) {
      this.#inString = false;
      return from + newline;
    }
    let backslashes = 0;
    while (quote - 1 - backslashes >= from && chunk[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    const all = backslashes === quote - from ? backslashes + this.#backslashes : backslashes;
    if (quote === chunk.length) {
      this.#backslashes = all;
      return quote;
    }
    this.#inString = all % 2 === 1;
    this.#backslashes = 0;
    return quote + 1;
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size <= LONGEST_PIECE) this.#parts.push(Buffer.from(part));
    else this.#parts = [];
  }

  #flush(cut: boolean): void {
    const tooLong = this.#size > LONGEST_PIECE;
    const bytes = tooLong ? Buffer.from('a member of more than 400 MB') : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    const isBlank = bytes.every((byte) => byte <= 0x20);
    if (!isBlank) {
      const keyed = this.#kinds[this.#level - 1] === OPEN_OBJECT;
      this.#ready.push({ bytes, line: this.#pieceLine || this.#line, within: this.#within, keyed, cut });
    }
    this.#pieceLine = 0;
  }

  /** Goes into the member that begins, if its key says so. */
  #opens(): boolean {
    const key = /^\s*"(\w+)"\s*:\s*$/.exec(Buffer.concat(this.#parts).toString('latin1'))?.[1];
    if (key === undefined || !this.opened.has(key)) return false;
    this.#parts = [];
    this.#size = 0;
    this.#pieceLine = 0;
    this.#within = key;
    this.#level = 2;
    return true;
  }

  #close(): void {
    if (this.#level === 1) return;
    this.#level = 1;
    this.#within = null;
  }
}

function indexOr(chunk: Buffer, byte: number, from: number): number {
  const found = chunk.indexOf(byte, from);
  return found === -1 ? chunk.length : found;
}
