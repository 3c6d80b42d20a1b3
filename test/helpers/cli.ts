import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { removeAfterwards } from './temporary-directory.js';

/** The root of this repository, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** As the first of a process group of its own. */
  readonly detached?: boolean;
}

/**
 * Starts the built CLI as a user would, at the root of this repository unless told otherwise; with a cache of its
 * own, so that no test takes the results of another.
 */
export function startCli(args: readonly string[], { env = {}, cwd = ROOT, detached = false }: Options = {}) {
  const cache = removeAfterwards(`${tmpdir()}/patchdiff-test-cache-${randomUUID()}`);
  const environment = { NO_COLOR: '1', XDG_CACHE_HOME: cache, ...env };
  return execa(process.execPath, [`${ROOT}/bin/patchdiff.js`, ...args], {
    cwd,
    detached,
    env: environment,
    stdin: 'ignore',
    reject: false,
  });
}

/**
 * Waits until a command, started with `NODE_DEBUG=patchdiff`, tells that it is at a stage. Fails when it ends before.
 */
export async function untilStage(running: ReturnType<typeof startCli>, stage: string): Promise<void> {
  let told = '';
  await new Promise<void>((resolve, reject) => {
    running.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes(stage)) resolve();
    });
    running.stderr.once('end', () => {
      reject(new Error(`never came to ${stage}: ${told}`));
    });
  });
}

/** What a finished command left. */
export interface CliResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built CLI to its end. */
export async function cli(args: readonly string[], options?: Options): Promise<CliResult> {
  const { exitCode, stdout, stderr } = await startCli(args, options);
  return { exitCode, stdout, stderr };
}

/** What a run says of each file of predictions that it has read. */
const RECOGNISED = /: \d+ predictions?, /;

/** The one error that a failed command tells: its first line. Fails where there is more than that and a hint. */
export function onlyError({ stderr }: Pick<CliResult, 'stderr'>): string {
  const [message, ...rest] = stderr.split('\n').filter((line) => !RECOGNISED.test(line));
  if (!message?.startsWith('patchdiff: ') || rest.length > 1 || rest.some((line) => !line.startsWith('  ')))
    throw new Error(`not one clear error: ${stderr}`);
  if (/^\s+at /m.test(stderr)) throw new Error(`a stack trace: ${stderr}`);
  return message;
}
