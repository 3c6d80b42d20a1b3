import { DEFAULT_OPTIONS, type AuditOptions } from '../../model/options.js';
import type { Suite } from '../../model/suite.js';
import { UserError } from '../../model/errors.js';

/** Options that say where a machine runs patches. */
export const HOST_OPTIONS = {
  engine: {
    choices: ['auto', 'docker', 'local'] as const,
    default: 'auto' as const,
    describe: 'Where patches run; auto takes docker when an engine answers and an image is known',
  },
  python: {
    type: 'string',
    requiresArg: true,
    describe: 'Interpreter that has the dependencies (local engine)',
  },
  environments: {
    choices: ['given', 'build'] as const,
    default: 'given' as const,
    describe: 'build: make the environment of each instance from its recipe, once, and keep it',
  },
  image: { type: 'string', requiresArg: true, describe: 'Docker image that has the dependencies' },
  sandbox: {
    type: 'boolean',
    default: true,
    describe: 'Sandbox local runs; --no-sandbox runs patches you trust without one',
  },
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'No progress' },
} as const;

/** Options that `check` and `run` share. */
export const ENGINE_OPTIONS = {
  ...HOST_OPTIONS,
  seed: { type: 'number', requiresArg: true, default: 0, describe: 'Seed of every random choice' },
  budget: {
    type: 'number',
    requiresArg: true,
    default: DEFAULT_OPTIONS.budgetSeconds,
    describe: 'Seconds of search for one pair; confirmation may take as much again',
  },
  timeout: {
    alias: 't',
    type: 'number',
    requiresArg: true,
    default: DEFAULT_OPTIONS.timeoutSeconds,
    describe: "Seconds for one run of an instance's test files",
  },
  suite: {
    choices: ['impacted', 'related', 'full'] as const,
    default: DEFAULT_OPTIONS.suite,
    describe:
      "Developer tests beside the benchmark's own: of the whole suite those that reach the change, the files nearest to it, or all",
  },
  'suite-seconds': {
    type: 'number',
    requiresArg: true,
    describe:
      'Seconds for those tests on each side (default: two thirds of the budget; related: a third; full: the timeout)',
  },
} as const;

/** The search options as given; numbers that make no sense are refused by name. */
export function auditOptions(argv: {
  readonly seed: number;
  readonly budget: number;
  readonly timeout: number;
  readonly suite: Suite;
  readonly suiteSeconds?: number | undefined;
}): AuditOptions {
  if (!Number.isSafeInteger(argv.seed)) throw invalid('--seed', 'an integer');
  if (!(argv.budget > 0)) throw invalid('--budget', 'a positive number of seconds');
  if (!(argv.timeout > 0)) throw invalid('--timeout', 'a positive number of seconds');
  const suiteSeconds = argv.suiteSeconds ?? suiteSecondsOf(argv);
  if (!(suiteSeconds > 0)) throw invalid('--suite-seconds', 'a positive number of seconds');
  return {
    ...DEFAULT_OPTIONS,
    seed: argv.seed,
    budgetSeconds: argv.budget,
    timeoutSeconds: argv.timeout,
    suite: argv.suite,
    suiteSeconds,
  };
}

/** A suite takes a share of the search's time, unless all of it was asked for. */
function suiteSecondsOf({ suite, budget, timeout }: Parameters<typeof auditOptions>[0]): number {
  if (suite === 'full') return timeout;
  return suite === 'related' ? budget / 3 : (budget * 2) / 3;
}

const invalid = (option: string, expected: string): UserError =>
  new UserError('usage', `${option} must be ${expected}`, 'See patchdiff --help.');
