import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { count } from './scalars.js';
import { suiteSchema } from './suite.js';

const seconds = z.number().positive();

export const auditOptionsSchema = z.strictObject({
  /** Seed of every random choice. */
  seed: z.int(),
  /** Seconds of generation and observation for one pair; confirmation has as much again. */
  budgetSeconds: seconds,
  /** Seconds for one run of an instance's test files on one side. */
  timeoutSeconds: seconds,
  /** Mutated inputs for one pair, at most: the budget in steps that makes a run repeatable. */
  mutants: count,
  /** Seconds for one input on one side. */
  secondsPerInput: seconds,
  /** Test files, beyond the benchmark's own, whose tests are run and mined. */
  testFiles: count,
  /** Which developer tests are run in addition to the benchmark's own. */
  suite: suiteSchema,
  /** Seconds for those, on each side. */
  suiteSeconds: seconds,
  /** Divergences kept for one pair. */
  divergences: count,
});

/** How an audit searches. Everything here that can change a verdict is part of the record. */
export type AuditOptions = Immutable<z.infer<typeof auditOptionsSchema>>;

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

/** The same search on a machine that is slower by the factor `slowdown`. */
export function allowTime(options: AuditOptions, slowdown: number): AuditOptions {
  const longer = (limit: number) => limit * slowdown;
  return {
    ...options,
    budgetSeconds: longer(options.budgetSeconds),
    timeoutSeconds: longer(options.timeoutSeconds),
    secondsPerInput: longer(options.secondsPerInput),
    suiteSeconds: longer(options.suiteSeconds),
  };
}

/**
 * Seeds under which a divergence must repeat itself, of the order of hashes (PYTHONHASHSEED) and of random numbers; the
 * search uses the first.
 */
export type RunSeeds = readonly [first: number, second: number, third: number];

/** Those of records made before seeds were kept in them. */
export const EARLIER_SEEDS: RunSeeds = [0, 1, 2];
