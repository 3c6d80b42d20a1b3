import type { Side } from '../engine/engine.js';
import { InfraError } from '../../model/errors.js';
import type { Target } from '../../model/target.js';
import { importPaths } from './import-paths.js';
import { launchProbe } from './launch.js';
import { openAnswer, type OpenFacts } from './protocol.js';
import { ProbeServer } from './server.js';

/** What a session opens its server with. */
export interface ProbeOptions {
  /** `PYTHONHASHSEED`, and the seed of random numbers. */
  readonly hashSeed: number;
  /** That of the sessions which the others are compared with: what an input itself draws follows from it everywhere. */
  readonly firstSeed?: number;
  /** Modules imported once, before any program runs. */
  readonly preload: readonly string[];
  readonly targets: readonly Pick<Target, 'file' | 'qualname'>[];
  /** Directories that imports start from, relative to the tree; the tree itself when absent. */
  readonly path?: readonly string[] | undefined;
  readonly limits: {
    /** Address space of each process. */
    readonly memoryMb: number;
    /** What is kept of an input's standard output and error. */
    readonly outputBytes: number;
    /** Size of each value in canonical form. */
    readonly valueBytes: number;
  };
}

/** The probe gives up an import after ten minutes itself. */
const OPEN_MS = 660_000;

/**
 * Starts a server and opens it.
 * @param scratch a directory, as the side sees it, that no other server uses
 * @throws InfraError `probe-failed` when it does not come up
 */
export async function openServer(
  side: Side,
  options: ProbeOptions,
  scratch: string,
  signal?: AbortSignal,
): Promise<{ readonly server: ProbeServer; readonly facts: OpenFacts }> {
  const { preload, limits, path = ['.'] } = options;
  const server = new ProbeServer(await launchProbe(side, 'serve', options.hashSeed, limits));
  const open = {
    op: 'open',
    root: side.root,
    path: importPaths(side, path),
    preload,
    targets: targetsByFile(options.targets),
    limits,
    scratch,
    seed: options.hashSeed,
    firstSeed: options.firstSeed ?? options.hashSeed,
  };
  let facts: OpenFacts | undefined;
  const accept = (answer: OpenFacts) => {
    facts = answer;
    return true;
  };
  const end = await server.exchange(open, openAnswer, accept, { silenceMs: OPEN_MS, signal });
  if (facts) return { server, facts };
  throw new InfraError(
    'probe-failed',
    `the probe did not start: ${end.kind === 'died' ? end.reason : end.kind}`,
  );
}

function targetsByFile(targets: ProbeOptions['targets']): { file: string; qualnames: string[] }[] {
  const files = new Map<string, string[]>();
  for (const { file, qualname } of targets) files.set(file, [...(files.get(file) ?? []), qualname]);
  return [...files].map(([file, qualnames]) => ({ file, qualnames }));
}
