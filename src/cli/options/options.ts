import type { Options } from 'yargs';
import { RUN_DEFAULTS } from '../../app/options/run-options.js';
import { ENGINES, ENVIRONMENTS, SUITES } from '../../app/options/shared-options.js';

/** Headings in the help of a command. */
export const GROUP = {
  input: 'What to compare:',
  search: 'How to search:',
  engine: 'Where patches run:',
  output: 'What becomes of the results:',
} as const;

/** Puts every option of a table under the same heading. */
export const under = <T extends Record<string, Options>>(group: string, options: T): T =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, { ...option, group }])) as T;

/** The option that hides progress. */
export const QUIET_OPTION = {
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'Show no progress' },
} as const satisfies Record<string, Options>;

/** Options that say where a machine runs patches. */
export const HOST_OPTIONS = under(GROUP.engine, {
  engine: {
    choices: ENGINES,
    default: RUN_DEFAULTS.engine,
    describe: 'Engine; auto takes docker when a daemon answers and an image is known, else local',
  },
  python: {
    type: 'string',
    requiresArg: true,
    describe: 'Interpreter that has the dependencies (local engine)',
  },
  image: { type: 'string', requiresArg: true, describe: 'Docker image that has the dependencies' },
  environments: {
    choices: ENVIRONMENTS,
    default: RUN_DEFAULTS.environments,
    describe: 'build: build the environment of each instance from its recipe, once, and keep it',
  },
  sandbox: {
    type: 'boolean',
    default: RUN_DEFAULTS.sandbox,
    describe: 'Sandbox local runs; --no-sandbox runs patches you trust without one',
  },
} as const);

/** Options that say how to search, which `check` and `run` share. */
export const SEARCH_OPTIONS = under(GROUP.search, {
  budget: {
    type: 'number',
    requiresArg: true,
    default: RUN_DEFAULTS.budget,
    describe: 'Seconds of search for one pair; confirmation may take as much again',
  },
  mutants: {
    type: 'number',
    requiresArg: true,
    default: RUN_DEFAULTS.mutants,
    describe: 'Mutated inputs for one pair, at most',
  },
  seed: {
    type: 'number',
    requiresArg: true,
    default: RUN_DEFAULTS.seed,
    describe: 'Seed of every random choice',
  },
  timeout: {
    alias: 't',
    type: 'number',
    requiresArg: true,
    default: RUN_DEFAULTS.timeout,
    describe: "Seconds for one run of an instance's test files",
  },
  suite: {
    choices: SUITES,
    default: RUN_DEFAULTS.suite,
    describe:
      "Developer tests to run beside the benchmark's own: impacted (those of the whole suite that reach the change), related (those of the files nearest to it) or full (all)",
  },
  'suite-seconds': {
    type: 'number',
    requiresArg: true,
    defaultDescription: 'impacted: two thirds of the budget; related: a third; full: the timeout',
    describe: 'Seconds for those tests on each side',
  },
} as const);

/** The search and host options as the library takes them. */
export const sharedOptions = (argv: SharedArguments) => ({
  engine: argv.engine,
  python: argv.python,
  image: argv.image,
  environments: argv.environments,
  sandbox: argv.sandbox,
  seed: argv.seed,
  budget: argv.budget,
  mutants: argv.mutants,
  timeout: argv.timeout,
  suite: argv.suite,
  suiteSeconds: argv.suiteSeconds,
});

type SharedArguments = Pick<
  typeof RUN_DEFAULTS,
  | 'engine'
  | 'python'
  | 'image'
  | 'environments'
  | 'sandbox'
  | 'seed'
  | 'budget'
  | 'mutants'
  | 'timeout'
  | 'suite'
  | 'suiteSeconds'
>;
