import { z } from 'zod';
import { DEFAULT_OPTIONS, type AuditOptions } from '../../model/options.js';
import type { Suite } from '../../model/suite.js';
import { count, flag, oneOf, seconds, text } from './parse-options.js';

export const ENGINES = ['auto', 'docker', 'local'] as const;
export const ENVIRONMENTS = ['given', 'build'] as const;
export const SUITES = ['impacted', 'related', 'full'] as const satisfies readonly Suite[];
/** Folder below which a run has its own. */
const OUT = 'patchdiff-runs';

/** Options that say where a machine runs patches. */
export const hostShape = {
  /** `auto` takes Docker when an engine answers and an image is known, else this machine. */
  engine: oneOf(ENGINES).default('auto'),
  /** Interpreter that has the dependencies, for the local engine. */
  python: text().optional(),
  /** `build` makes the environment of each instance from its recipe. */
  environments: oneOf(ENVIRONMENTS).default('given'),
  /** Docker image that has the dependencies. */
  image: text().optional(),
  /** Whether local runs are sandboxed; false for patches you trust only. */
  sandbox: flag().default(true),
};

/** Options that say how long and in which way to search for a divergence. */
export const searchShape = {
  /** Seed of every random choice. */
  seed: z.int('an integer').default(DEFAULT_OPTIONS.seed),
  /** Seconds of search for one pair; confirmation may take as much again. */
  budget: seconds().default(DEFAULT_OPTIONS.budgetSeconds),
  /** Mutated inputs for one pair, at most. */
  mutants: count().default(DEFAULT_OPTIONS.mutants),
  /** Seconds for one run of an instance's test files. */
  timeout: seconds().default(DEFAULT_OPTIONS.timeoutSeconds),
  /** Developer tests that are run beside the benchmark's own. */
  suite: oneOf(SUITES).default(DEFAULT_OPTIONS.suite),
  /** Seconds for those tests on each side. */
  suiteSeconds: seconds().optional(),
};

/** Where the folder of a run is made. */
export const outShape = { out: text().default(OUT) };

type SearchOptions = z.output<z.ZodObject<typeof searchShape>>;

/** How an audit searches, as these options say. */
export function auditOptions(options: SearchOptions): AuditOptions {
  const { seed, budget, mutants, timeout, suite, suiteSeconds } = options;
  return {
    ...DEFAULT_OPTIONS,
    seed,
    budgetSeconds: budget,
    mutants,
    timeoutSeconds: timeout,
    suite,
    suiteSeconds: suiteSeconds ?? suiteSecondsOf(options),
  };
}

/** A suite takes a share of the search's time, unless all of it was asked for. */
function suiteSecondsOf({ suite, budget, timeout }: SearchOptions): number {
  if (suite === 'full') return timeout;
  return suite === 'related' ? budget / 3 : (budget * 2) / 3;
}
