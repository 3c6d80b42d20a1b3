import path from 'node:path';
import { vi } from 'vitest';
import { openAudit } from '../../src/app/engine/open-audit.js';
import type { AuditEvent } from '../../src/model/events.js';
import type { Instance, Prediction } from '../../src/model/instance.js';
import { DEFAULT_OPTIONS, type AuditOptions } from '../../src/model/options.js';
import type { ResultStore, SeenPatch } from '../../src/model/result-store.js';
import type { SideName } from '../../src/model/side.js';
import type { PairRecord } from '../../src/model/verdict.js';
import type { Engine } from '../../src/observe/engine/engine.js';
import type { AuditContext } from '../../src/pipeline/context/audit-context.js';
import { openRepository, type Repository } from '../../src/trees/repository.js';
import { makeRepository, userGit, writeFiles, type Files } from './git-fixtures.js';

const MODULE = 'limits/clamp.py';
const TESTS = 'tests/test_clamp.py';
const NEW_MODULE = 'limits/parts/upper.py';

/** `limits/clamp.py` with another body of its function, and what that needs before it. */
const clamp = (body: string, imports = '') => `${imports}def clamp(value, low, high):
    """Limit a value.

    >>> clamp(5, 0, 3)
    3
    """
${body}`;

const OLD_TESTS = `from limits.clamp import clamp


def test_inside():
    assert clamp(2, 0, 3) == 2
`;

const NEW_TESTS = `${OLD_TESTS}

def test_above():
    assert clamp(9, 0, 3) == 3


def test_below():
    assert clamp(-4, 0, 3) == 0
`;

const BASE: Files = {
  'limits/__init__.py': '',
  [MODULE]: clamp('    return value\n'),
  'limits/percent.py':
    'from limits.clamp import clamp\n\n\ndef percent(value):\n    return clamp(value, 0, 100)\n',
  [TESTS]: OLD_TESTS,
  'tests/test_percent.py':
    'from limits.percent import percent\n\n\ndef test_half():\n    assert percent(50) == 50\n',
};

const ISSUE = `The limits are ignored:

>>> from limits.clamp import clamp
>>> clamp(7, 2, 2)
7
`;

const GOLD = clamp('    return max(low, min(value, high))\n');

/** What candidates write, by what is to be found of them. */
const CANDIDATES = {
  /** The code of gold, with a comment. */
  sameCode: {
    [MODULE]: clamp('    # Neither too low nor too high.\n    return max(low, min(value, high))\n'),
  },
  /** Another way to the answers of gold. */
  rewritten: { [MODULE]: clamp('    limited = min(value, high)\n    return max(low, limited)\n') },
  /** Forgets the lower limit, which the tests show. */
  failing: { [MODULE]: clamp('    return min(value, high)\n') },
  /** The same, but its seeds are at work for a minute while the failing test has its second. */
  failingSlowly: {
    [MODULE]: clamp(
      '    time.sleep(60 if low == high else 1 if value < 0 else 0)\n    return min(value, high)\n',
      'import time\n\n\n',
    ),
  },
  /** Passes the tests, and takes 0 for the lower limit: no input that comes with the instance shows it. */
  overlooked: { [MODULE]: clamp('    if value < 0:\n        return low\n    return min(value, high)\n') },
  /** Passes the tests, and is wrong in a function of its own in a new folder. */
  newFolder: {
    [MODULE]: clamp(
      '    return max(low, upper(value, high))\n',
      'from limits.parts.upper import upper\n\n\n',
    ),
    'limits/parts/__init__.py': '',
    [NEW_MODULE]: 'def upper(value, high):\n    return value if value < high else 3\n',
  },
} satisfies Record<string, Files>;

type Candidate = keyof typeof CANDIDATES | 'stray' | 'empty' | 'missing';

/** The targets that lie in the code of candidates. */
export const TARGETS = { clamp: `${MODULE}::clamp`, upper: `${NEW_MODULE}::upper` };

/** A small git repository with one instance, whose issue, tests and fix are about one function. */
export interface AuditFixture {
  readonly repository: Repository;
  readonly instance: Instance;
  /** The instance with a gold patch that does not pass its tests. */
  readonly failingGold: Instance;
  /** The candidate as a submission gives it; its model has the candidate's name unless another is given. */
  readonly prediction: (candidate: Candidate, changes?: Partial<Prediction>) => Prediction;
  /** A candidate that writes another body of `clamp(value, low, high)`, and what that needs before it. */
  readonly written: (model: string, body: string, imports?: string) => Promise<Prediction>;
}

/** Makes the repository and the patches. */
export async function makeAuditFixture(): Promise<AuditFixture> {
  const { directory, commit } = await makeRepository(BASE);
  const repository = await openRepository('demo/limits', path.join(directory, '.git'), directory);
  if (!repository) throw new Error(`${directory} is no repository`);
  const patchOf = async (files: Files) => {
    await writeFiles(directory, files);
    await userGit(directory, 'add', '-A');
    const patch = await userGit(directory, 'diff', '--cached');
    await userGit(directory, 'reset', '-q', '--hard');
    return `${patch}\n`;
  };
  const patches = new Map<Candidate, string | null>([
    ['empty', ' \n'],
    ['missing', null],
  ]);
  for (const [name, files] of Object.entries(CANDIDATES))
    patches.set(name as Candidate, await patchOf(files));
  patches.set('stray', patches.get('rewritten')!.replaceAll(MODULE, 'limits/nowhere.py'));
  const instance: Instance = {
    instanceId: 'demo__limits-1',
    repo: repository.name,
    baseCommit: commit,
    goldPatch: await patchOf({ [MODULE]: GOLD }),
    testPatch: await patchOf({ [TESTS]: NEW_TESTS }),
    problemStatement: ISSUE,
    failToPass: [`${TESTS}::test_above`, `${TESTS}::test_below`],
    passToPass: [`${TESTS}::test_inside`],
    environment: {},
    source: { file: 'demo.jsonl' },
  };
  const goldPatch = await patchOf({ [MODULE]: clamp('    return min(value, high)\n') });
  return {
    repository,
    instance,
    failingGold: { ...instance, instanceId: 'demo__limits-2', goldPatch },
    prediction: (candidate, changes = {}) => ({
      instanceId: instance.instanceId,
      model: candidate,
      patch: patches.get(candidate) ?? null,
      source: { file: 'predictions.jsonl' },
      ...changes,
    }),
    written: async (model, body, imports) => ({
      instanceId: instance.instanceId,
      model,
      patch: await patchOf({ [MODULE]: clamp(body, imports) }),
      source: { file: 'predictions.jsonl' },
    }),
  };
}

/** The search ends by its number of mutants; the seconds are more than it takes. */
export const FEW_STEPS: AuditOptions = {
  ...DEFAULT_OPTIONS,
  mutants: 200,
  budgetSeconds: 60,
  secondsPerInput: 30,
  timeoutSeconds: 60,
  divergences: 2,
};

/** A context as a run has it, on the local engine with its sandbox. */
export interface OpenContext {
  readonly context: AuditContext;
  /** What the audit has told so far. */
  readonly events: readonly AuditEvent[];
  readonly close: () => Promise<void>;
}

/** Opens a context; `listen` is told the events too. */
export async function openContext(
  { repository, instance }: AuditFixture,
  given: {
    readonly options?: AuditOptions;
    readonly results?: ResultStore;
    readonly signal?: AbortSignal;
    readonly listen?: (event: AuditEvent) => void;
  } = {},
): Promise<OpenContext> {
  const events: AuditEvent[] = [];
  const { context, close } = await openAudit({
    runId: 'test',
    engine: 'local',
    environments: 'given',
    sandbox: true,
    trusted: false,
    instances: [instance],
    repositoryOf: () => Promise.resolve(repository),
    options: given.options ?? FEW_STEPS,
    reuse: false,
    listen: (event) => {
      events.push(event);
      given.listen?.(event);
    },
    tell: () => undefined,
    signal: given.signal ?? new AbortController().signal,
  });
  return { context: { ...context, results: given.results ?? null }, events, close };
}

/** A side that an engine opened, and what ran on it. */
export interface WatchedSide {
  readonly side: SideName;
  /** The probe's commands, as `tests begins` and `tests ends`, in the order of time. */
  readonly log: readonly string[];
}

/** Watches the sides that an engine opens from now on. `before` may refuse one by throwing. */
export function watchSides(
  engine: Engine,
  before: (side: SideName) => void = () => undefined,
): WatchedSide[] {
  const watched: WatchedSide[] = [];
  const openSide = engine.openSide.bind(engine);
  vi.spyOn(engine, 'openSide').mockImplementation(async (tree, environment) => {
    before(tree.side);
    const side = await openSide(tree, environment);
    const log: string[] = [];
    watched.push({ side: tree.side, log });
    const start = side.start.bind(side);
    vi.spyOn(side, 'start').mockImplementation(async (argv, options) => {
      const command = argv.length > 3 ? (argv.at(-1) ?? '') : ''; // a plain run is of no command
      log.push(`${command} begins`);
      const process = await start(argv, options);
      const end = () => void log.push(`${command} ends`);
      process.ended.then(end, end);
      return process;
    });
    return side;
  });
  return watched;
}

/** Results of other runs, in memory. */
export class MemoryResults implements ResultStore {
  readonly patches = new Map<string, SeenPatch>();
  readonly records = new Map<string, PairRecord>();
  seen = (key: string) => Promise.resolve(this.patches.get(key) ?? null);
  keepSeen = (key: string, seen: SeenPatch) => Promise.resolve(void this.patches.set(key, seen));
  result = (key: string) => Promise.resolve(this.records.get(key) ?? null);
  keepResult = (key: string, record: PairRecord) => Promise.resolve(void this.records.set(key, record));
}
