import type { PairSeconds } from '../model/verdict.js';

/** From when to when, as `Date.now()` has it. */
export interface Span {
  readonly began: number;
  readonly ended: number;
}

/** Seconds it took to open an instance, and those of one run of the benchmark's tests on gold. */
export interface InstanceSeconds {
  readonly opening: number;
  readonly benchmark: number;
}

/** Seconds of gold's run of the developer tests: all of it, and that of the files nearest to the change. */
export interface SuiteSeconds {
  readonly seconds: number;
  readonly relatedSeconds: number;
}

/** Splits the seconds of a pair over its stages. */
export class Clock {
  readonly #started = Date.now();
  #last = this.#started;
  #shared = 0;
  readonly #laps = { tests: 0, observe: 0, confirm: 0 };

  constructor(private readonly instance: InstanceSeconds) {}

  lap(name: 'tests' | 'observe' | 'confirm'): void {
    this.#laps[name] += this.#sinceLast();
  }

  /** What was observed in the lap before, beside other work. */
  beside({ began, ended }: Span): void {
    this.#laps.observe += Math.max(0, Math.min(ended, this.#last) - began) / 1000;
  }

  /** What was done since the last lap was done for all candidates of the instance. */
  shared(): void {
    this.#shared += this.#sinceLast();
  }

  /** `differences`: when each generator first showed one. `suite`: gold's, where it came to that. */
  read(differences: ReadonlyMap<string, number> = new Map(), suite?: SuiteSeconds): PairSeconds {
    const { opening, benchmark } = this.instance;
    const since = (time: number) => (time - this.#started) / 1000;
    const firstDifference = Object.fromEntries(
      [...differences].map(([generator, time]) => [generator, since(time)]),
    );
    return {
      total: since(Date.now()) - this.#shared,
      ...this.#laps,
      instance: opening + (suite?.seconds ?? 0),
      bare: 2 * (benchmark + (suite?.relatedSeconds ?? 0)),
      firstDifference,
    };
  }

  #sinceLast(): number {
    const now = Date.now();
    const seconds = (now - this.#last) / 1000;
    this.#last = now;
    return seconds;
  }
}
