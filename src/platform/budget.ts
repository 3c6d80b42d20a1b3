/** How much longer work may go on. */
export interface TimeLimit {
  /** Seconds, as of now; zero or less once the time is up. */
  readonly left: number;
}

/** Gives the time in milliseconds; only differences mean something. */
export type Clock = () => number;

/** A clock that never goes back, whatever happens to the time of day. */
export const monotonic: Clock = () => performance.now();

/** The limit of work that may take as long as it takes. */
export const NO_LIMIT: TimeLimit = { left: Infinity };

/** A limit that ends so many seconds from now. */
export function secondsFromNow(seconds: number, clock: Clock = monotonic): TimeLimit {
  const end = clock() + seconds * 1000;
  return {
    get left() {
      return (end - clock()) / 1000;
    },
  };
}

/**
 * Time that stages spend. It runs while at least one stage spends it and nothing pauses it, so that waiting for
 * something else costs nothing.
 * @typeParam Stage names what the time is spent on
 */
export class Budget<Stage extends string> implements TimeLimit {
  // Milliseconds, of which many small ones add up exactly.
  readonly #stages = new Map<Stage, number>();
  #spent = 0;
  #countedTo = 0;
  #spenders = 0;
  #pauses = 0;

  /** @param seconds how much there is to spend; none given, it only keeps the account */
  constructor(
    readonly seconds = Infinity,
    private readonly clock: Clock = monotonic,
  ) {}

  /** Seconds spent so far by all stages; what two spend at the same time counts once. */
  get spent(): number {
    this.#count();
    return this.#spent / 1000;
  }

  get left(): number {
    return this.seconds - this.spent;
  }

  /** Seconds that a stage has spent on work that came to its end well. */
  spentOn(stage: Stage): number {
    return (this.#stages.get(stage) ?? 0) / 1000;
  }

  /** Does a stage's work on this budget. */
  async spend<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    this.#count();
    const before = this.#spent;
    this.#spenders++;
    try {
      const result = await work();
      this.#count();
      this.#stages.set(stage, (this.#stages.get(stage) ?? 0) + this.#spent - before);
      return result;
    } finally {
      this.#count();
      this.#spenders--;
    }
  }

  /** Does work that is not on this budget: no stage spends anything meanwhile. */
  async pause<T>(work: () => Promise<T>): Promise<T> {
    this.#count();
    this.#pauses++;
    try {
      return await work();
    } finally {
      this.#count();
      this.#pauses--;
    }
  }

  /** A limit for a part of the work: a share (0 to 1) of the whole budget, from now on, and never more than is left. */
  share(share: number): TimeLimit {
    const end = this.spent + share * this.seconds;
    const remaining = () => Math.min(this.left, end - this.spent);
    return {
      get left() {
        return remaining();
      },
    };
  }

  #count(): void {
    const now = this.clock();
    if (this.#spenders > 0 && this.#pauses === 0) this.#spent += now - this.#countedTo;
    this.#countedTo = now;
  }
}
