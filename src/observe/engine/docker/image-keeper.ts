/** Which images stay after the last instance that needs them: those that a judged pair ran in, all, or none. */
export type KeepImages = 'none' | 'used' | 'all';

/** Drops each image when the last item that needs it is done. */
export class ImageKeeper<T> {
  readonly #needed = new Map<string, number>();
  readonly #used = new Set<string>();

  /**
   * @param imageOf the image that an item runs in; undefined for none
   * @param drop removes an image, unless the user had it before
   */
  constructor(
    private readonly keep: KeepImages,
    private readonly imageOf: (item: T) => string | undefined,
    private readonly drop: (image: string) => Promise<void>,
  ) {}

  /** Counts an item that will be worked on. */
  expect(item: T): void {
    const image = this.imageOf(item);
    if (image !== undefined) this.#needed.set(image, (this.#needed.get(image) ?? 0) + 1);
  }

  /** Counts an item off; `judged` says whether a pair of it could be judged. */
  async release(item: T, judged: boolean): Promise<void> {
    const image = this.imageOf(item);
    if (image === undefined) return;
    if (judged) this.#used.add(image);
    const left = (this.#needed.get(image) ?? 1) - 1;
    this.#needed.set(image, left);
    if (left > 0 || this.keep === 'all' || (this.keep === 'used' && this.#used.has(image))) return;
    await this.drop(image);
  }
}
