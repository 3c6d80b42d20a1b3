const NEWLINE = 0x0a;
/** A first line longer than this is not looked at to its end. */
const LONGEST_HEAD = 8 * 1024 * 1024;

/** The pieces of a file, of which the first can be looked at before they are taken. */
export class Chunks {
  #seen: Buffer[] = [];

  constructor(private readonly chunks: AsyncGenerator<Buffer>) {}

  /** The first bytes, with at least two lines where there are as many. */
  async head(): Promise<Buffer> {
    let lines = 0;
    let size = 0;
    while (lines < 2 && size < LONGEST_HEAD) {
      const next = await this.chunks.next();
      if (next.done === true) break;
      this.#seen.push(next.value);
      size += next.value.length;
      for (let at = next.value.indexOf(NEWLINE); at !== -1 && lines < 2; lines += 1)
        at = next.value.indexOf(NEWLINE, at + 1);
    }
    return Buffer.concat(this.#seen);
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
