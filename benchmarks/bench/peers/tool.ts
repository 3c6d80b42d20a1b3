import path from 'node:path';
import { execa } from 'execa';
import type { Answer } from './outcome.js';
import type { PeerPair } from './pair.js';

/** The environment that the peers run in. */
export interface Tools {
  /** Folder of their commands. */
  readonly bin: string;
  /** Seconds for one pair: told to a tool that takes such a number; every command is killed after three times as much. */
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

/** Runs a tool's command in a folder of the pair; when the time is up, all of its processes are killed. */
export async function runTool(
  { bin, seconds }: Tools,
  [command = '', ...args]: readonly string[],
  directory: string,
  { importRoots }: PeerPair,
): Promise<Ended> {
  const subprocess = execa(path.join(bin, command), args, {
    cwd: directory,
    env: {
      PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
      PYTHONPATH: importRoots.map((root) => path.join(directory, root)).join(path.delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdin: 'ignore',
    all: true,
    reject: false,
    detached: true,
  });
  let outOfTime = false;
  const timer = setTimeout(() => {
    outOfTime = true;
    if (subprocess.pid !== undefined) process.kill(-subprocess.pid, 'SIGKILL');
  }, 3000 * seconds);
  const { exitCode, all } = await subprocess;
  clearTimeout(timer);
  return { exitCode, output: all, outOfTime };
}

/** The last line of an output, short enough for a table. */
export const lastLine = (output: string): string =>
  (output.trim().split('\n').at(-1) ?? '').replace(/^Error: /, '').slice(0, 60);
