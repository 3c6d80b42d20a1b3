import { execa } from 'execa';
import { InfraError, UserError } from '../../model/errors.js';
import { legible, textOfBytes } from '../../platform/byte-text.js';

/** What a git command did; a non-zero exit is a value. The texts stand for the bytes that it printed. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitOptions {
  /** Where the command runs. */
  readonly cwd?: string;
  readonly gitDir?: string;
  readonly workTree?: string;
  /** Index file to use instead of the git directory's own. */
  readonly indexFile?: string;
  readonly input?: Uint8Array;
  /** The command talks to a remote: the user's own git configuration (proxies, credentials) is kept. */
  readonly network?: boolean;
  /** Default: ten minutes. */
  readonly seconds?: number;
  /** Memory and the size of files are limited: what it makes is as large as a stranger says. */
  readonly limited?: boolean;
  /** Cancels the command. */
  readonly signal?: AbortSignal | undefined;
}

/** Gigabytes of memory, in units of 1 kB, and 256 MB for a file, in units of 512 bytes or, in some shells, of twice that. */
const LIMITED = 'ulimit -v 4194304; ulimit -f 524288; exec "$0" "$@"';

/** Settings given with each command, which no repository can override. */
const SETTINGS = {
  'safe.directory': '*',
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.quotePath': 'false',
  'gc.auto': '0',
};

/** The process environment without anything that would point git at another repository or configuration. */
function gitEnvironment(options: GitOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'),
  );
  const settings = Object.entries(SETTINGS).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(settings),
    GIT_CONFIG_COUNT: String(Object.keys(SETTINGS).length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    ...(options.network === true
      ? {}
      : { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' }),
    ...(options.gitDir === undefined ? {} : { GIT_DIR: options.gitDir }),
    ...(options.workTree === undefined ? {} : { GIT_WORK_TREE: options.workTree }),
    ...(options.indexFile === undefined ? {} : { GIT_INDEX_FILE: options.indexFile }),
  };
}

/**
 * Runs a program in git's clean environment: no system or global configuration, no hooks, English messages.
 * Throws an InfraError when it does not end by itself (`timeout`, `killed`) or the disk is full (`disk-full`),
 * a UserError (`git-missing`, `patch-missing`) when the program is not installed, and the signal's reason.
 */
export async function runTool(
  program: 'git' | 'patch',
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const seconds = options.seconds ?? 600;
  const limited = options.limited === true ? ['/bin/sh', '-c', LIMITED, program] : [program];
  const [file = program, ...before] = limited;
  const result = await execa(file, [...before, ...args], {
    reject: false,
    stripFinalNewline: false,
    encoding: 'buffer',
    extendEnv: false,
    env: gitEnvironment(options),
    timeout: seconds * 1000,
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  const [stdout, stderr] = [textOfBytes(result.stdout), legible(textOfBytes(result.stderr))];
  if (result.isCanceled) options.signal?.throwIfAborted();
  const command = `${program} ${args[0] ?? ''}`;
  if (
    (result.code === 'ENOENT' && result.exitCode === undefined) ||
    (options.limited && result.exitCode === 127)
  ) {
    throw new UserError(`${program}-missing`, `\`${program}\` could not be started`, `Install ${program}.`);
  }
  if (result.timedOut) throw new InfraError('timeout', `\`${command}\` did not end within ${seconds} s`);
  if (/No space left on device|Disk quota exceeded/.test(stderr)) {
    throw new InfraError('disk-full', `\`${command}\`: ${lastLine(stderr)}`);
  }
  if (options.limited && result.signal === 'SIGXFSZ')
    return { exitCode: 1, stdout, stderr: 'error: the patch makes a file of more than 256 MB' };
  if (result.exitCode === undefined) {
    throw new InfraError('killed', `\`${command}\` was ended: ${result.signal ?? result.shortMessage}`);
  }
  return { exitCode: result.exitCode, stdout, stderr };
}

/** Runs git; any exit code is a result. */
export async function tryGit(args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  return runTool('git', args, options);
}

/** Runs git, which has to succeed, and returns what it printed. Throws InfraError `git-failed`. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  const result = await tryGit(args, options);
  if (result.exitCode !== 0) {
    throw new InfraError('git-failed', `\`git ${args[0] ?? ''}\` failed: ${lastLine(result.stderr)}`);
  }
  return result.stdout;
}

/** The last line that is not blank; empty without one. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
