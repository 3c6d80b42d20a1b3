import { DEFAULT_OPTIONS, type AuditOptions } from '../audit/options.js';
import type { World } from '../audit/world.js';
import { UserError } from '../model/errors.js';
import type { ReplayBundle } from '../model/replay.js';

/** Options that `check` and `run` share. */
export const ENGINE_OPTIONS = {
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
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'No progress' },
} as const;

/** The search options as given; numbers that make no sense are refused by name. */
export function auditOptions(argv: {
  readonly seed: number;
  readonly budget: number;
  readonly timeout: number;
}): AuditOptions {
  if (!Number.isSafeInteger(argv.seed)) throw invalid('--seed', 'an integer');
  if (!(argv.budget > 0)) throw invalid('--budget', 'a positive number of seconds');
  if (!(argv.timeout > 0)) throw invalid('--timeout', 'a positive number of seconds');
  return { ...DEFAULT_OPTIONS, seed: argv.seed, budgetSeconds: argv.budget, timeoutSeconds: argv.timeout };
}

const invalid = (option: string, expected: string): UserError =>
  new UserError('usage', `${option} must be ${expected}`, 'See patchdiff --help.');

/** How the engine was asked for, so that a replay asks for the same. */
export function replaySetting(
  argv: {
    readonly image?: string | undefined;
    readonly python?: string | undefined;
    readonly environments: 'given' | 'build';
    readonly sandbox: boolean;
    readonly seed: number;
  },
  world: World,
  trusted: boolean,
): Pick<ReplayBundle, 'engine' | 'seed'> {
  const { image = null, python = null, environments, sandbox, seed } = argv;
  return { engine: { name: world.engine.name, image, python, environments, sandbox, trusted }, seed };
}
