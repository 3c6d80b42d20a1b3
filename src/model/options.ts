import type { Suite } from './suite.js';

/** How an audit searches. Everything here that can change a verdict is part of the record. */
export interface AuditOptions {
  /** Seed of every random choice. */
  readonly seed: number;
  /** Seconds of generation and observation for one pair; confirmation has as much again. */
  readonly budgetSeconds: number;
  /** Seconds for one run of an instance's test files on one side. */
  readonly timeoutSeconds: number;
  /** Mutated inputs for one pair, at most: the budget in steps that makes a run repeatable. */
  readonly mutants: number;
  /** Seconds for one input on one side. */
  readonly secondsPerInput: number;
  /** Test files, beyond the benchmark's own, whose tests are run and mined. */
  readonly testFiles: number;
  /** Which developer tests are run beside the benchmark's own. */
  readonly suite: Suite;
  /** Seconds for those, on each side. */
  readonly suiteSeconds: number;
  /** Divergences kept for one pair. */
  readonly divergences: number;
}

export const DEFAULT_OPTIONS: AuditOptions = {
  seed: 0,
  budgetSeconds: 90,
  timeoutSeconds: 1800,
  mutants: 4800,
  secondsPerInput: 5,
  testFiles: 4,
  suite: 'impacted',
  suiteSeconds: 60,
  divergences: 5,
};

/** The same search on a machine that is so many times slower. */
export function allowTime(options: AuditOptions, slowdown: number): AuditOptions {
  const longer = (seconds: number) => seconds * slowdown;
  return {
    ...options,
    budgetSeconds: longer(options.budgetSeconds),
    timeoutSeconds: longer(options.timeoutSeconds),
    secondsPerInput: longer(options.secondsPerInput),
    suiteSeconds: longer(options.suiteSeconds),
  };
}

/** Hash seeds under which a divergence must repeat itself; the first is also the one of the search. */
export const HASH_SEEDS = [0, 1, 2] as const;
