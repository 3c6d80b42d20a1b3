import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of choices: the same seed and labels give the same choices on every machine. */
export class Random {
  readonly #generator;

  /** `labels` select independent streams of one seed, so that one more input does not change what the others draw. */
  constructor(seed: number, ...labels: readonly string[]) {
    const digest = createHash('sha256')
      .update([String(seed), ...labels].join('\0'))
      .digest();
    this.#generator = xoroshiro128plus(digest.readInt32LE(0));
  }

  /** An integer in `0 .. bound - 1`. */
  below(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1);
  }

  /** Up to `count` distinct members of `items`, in random order (a partial Fisher-Yates shuffle). */
  sample<T>(items: readonly T[], count: number): T[] {
    const pool = [...items];
    const taken = Math.min(count, pool.length);
    for (let index = 0; index < taken; index++) {
      const other = index + this.below(pool.length - index);
      [pool[index], pool[other]] = [pool[other] as T, pool[index] as T];
    }
    return pool.slice(0, taken);
  }
}
