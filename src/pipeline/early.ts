/**
 * Work that is begun beside other work, before it is certain that it is needed, and that can give way.
 * @typeParam T what the work comes to
 */
export class Early<T> {
  #begun: Promise<T> | undefined;
  #stop = new AbortController();

  /** @param work ends soon, with an error, when its signal says so */
  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** Begins; an error shows when the result is asked for. */
  begin(): void {
    this.result().catch(() => undefined);
  }

  /** What the work came to; it is begun now where it was not, or had to give way. */
  result(): Promise<T> {
    return (this.#begun ??= this.work(this.#stop.signal));
  }

  /** Stops the work, unless it has ended well, and waits for it to stop. */
  async giveWay(): Promise<void> {
    this.#stop.abort();
    const ended = await this.#begun?.then(
      () => true,
      () => false,
    );
    if (!ended) this.#begun = undefined;
    this.#stop = new AbortController();
  }
}
