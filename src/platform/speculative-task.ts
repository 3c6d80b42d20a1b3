/**
 * Work that is begun before it is certain that it is needed, beside other work, and that can be cancelled.
 * @typeParam T what the work comes to
 */
export class SpeculativeTask<T> {
  #running: Promise<T> | undefined;
  #cancellation = new AbortController();

  /** @param work ends soon, with an error, when its signal says so */
  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** Begins the work; an error shows when the result is asked for. */
  start(): void {
    this.result().catch(() => undefined);
  }

  /** What the work came to; it is begun now where it was not, or was cancelled. */
  result(): Promise<T> {
    return (this.#running ??= this.work(this.#cancellation.signal));
  }

  /** Stops the work, unless it has ended well, and waits until it has stopped. */
  async cancel(): Promise<void> {
    this.#cancellation.abort();
    const succeeded = await this.#running?.then(
      () => true,
      () => false,
    );
    if (!succeeded) this.#running = undefined;
    this.#cancellation = new AbortController();
  }
}
