import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { killMarked, killQuietly, MARK } from '../../../src/platform/marked-processes.js';
import type { Answer } from './outcome.js';
import type { PeerPair } from './pair.js';

/** The environment that the peers run in. */
export interface Tools {
  /** Folder of their commands. */
  readonly bin: string;
  /** Seconds for one pair. A tool that has such an option is given them; every command is killed after three times as many. */
  readonly seconds: number;
}

/** A tool that is compared with patchdiff. */
export interface Peer {
  readonly name: string;
  ask(pair: PeerPair, tools: Tools): Promise<Answer>;
}

/** Versions that were measured. */
export const PACKAGES = [
  'selfsame==0.3.0',
  'crosshair-tool==0.0.113',
  'hypothesis[cli,ghostwriter]==6.170.15',
  'pytest==9.2.0',
];

/** Installs the peers into a new virtual environment over what `python` has. */
export async function installPeers(python: string, folder: string): Promise<string> {
  await execa(python, ['-m', 'venv', '--system-site-packages', folder]);
  const bin = path.join(folder, 'bin');
  await execa(path.join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  return bin;
}

/** How a tool's command ended; `output` is both of its streams. */
export interface Ended {
  /** Undefined when it was killed. */
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly outOfTime: boolean;
}

/**
 * Runs a tool's command in a folder of the pair. When it ends, when its time is up and when the benchmark is interrupted,
 * every process that it started is killed, also those in groups and sessions of their own.
 */
export async function runTool(
  { bin, seconds }: Tools,
  [command = '', ...args]: readonly string[],
  directory: string,
  { importRoots }: PeerPair,
): Promise<Ended> {
  const mark = randomUUID();
  const subprocess = execa(path.join(bin, command), args, {
    cwd: directory,
    env: {
      PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
      PYTHONPATH: importRoots.map((root) => path.join(directory, root)).join(path.delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      [MARK]: mark,
    },
    stdin: 'ignore',
    all: true,
    reject: false,
    detached: true,
  });
  const killAll = async () => {
    if (subprocess.pid !== undefined) killQuietly(-subprocess.pid);
    await killMarked(mark);
  };
  const interrupt = (signal: NodeJS.Signals) => {
    void killAll().finally(() => process.exit(128 + os.constants.signals[signal]));
  };
  for (const signal of INTERRUPTS) process.once(signal, interrupt);
  let outOfTime = false;
  const timer = setTimeout(() => {
    outOfTime = true;
    void killAll();
  }, 3000 * seconds);
  // Its output may stay open until what it left running is killed, so its end is not waited for by the output.
  subprocess.once('exit', () => void killAll());
  try {
    const { exitCode, all } = await subprocess;
    return { exitCode, output: all, outOfTime };
  } finally {
    clearTimeout(timer);
    for (const signal of INTERRUPTS) process.off(signal, interrupt);
    await killAll();
  }
}

/** These end the benchmark; a command in a process group of its own does not get them. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The last line of an output, short enough for a table. */
export const lastLine = (output: string): string =>
  (output.trim().split('\n').at(-1) ?? '').replace(/^Error: /, '').slice(0, 60);
