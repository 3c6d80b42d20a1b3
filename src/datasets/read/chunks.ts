const NEWLINE = 0x0a;
/** A first line longer than this is not looked at to its end. */
const LONGEST_HEAD = 8 * 1024 * 1024;

/** Whether two lines end after the first byte that is no white space. */
function hasTwoLines(head: Buffer): boolean {
  const start = head.findIndex((byte) => byte > 0x20);
  const end = start === -1 ? -1 : head.indexOf(NEWLINE, start);
  return end !== -1 && head.includes(NEWLINE, end + 1);
}

/** The pieces of a file, of which the first can be looked at before they are taken. */
export class Chunks {
  #seen: Buffer[] = [];

  constructor(private readonly chunks: AsyncGenerator<Buffer>) {}

  /** The first bytes, with at least two lines where there are as many. */
  async head(): Promise<Buffer> {
    let head = Buffer.concat(this.#seen);
    while (!hasTwoLines(head) && head.length < LONGEST_HEAD) {
      const next = await this.chunks.next();
      if (next.done === true) break;
      this.#seen.push(next.value);
      head = Buffer.concat([head, next.value]);
    }
    return head;
  }

  /** Puts bytes back, to be taken next. */
  unread(chunk: Buffer): void {
    if (chunk.length > 0) this.#seen.unshift(chunk);
  }

  /** The next bytes; null at the end. */
  async next(): Promise<Buffer | null> {
    const seen = this.#seen.shift();
    if (seen) return seen;
    const next = await this.chunks.next();
    return next.done === true ? null : next.value;
  }

  /** Closes the file, read to its end or not. */
  async close(): Promise<void> {
    await this.chunks.return(undefined);
  }
}
