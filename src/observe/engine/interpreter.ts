import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../model/errors.js';

/** A Python interpreter on this machine. */
export interface Interpreter {
  /** Absolute path of the executable. */
  readonly executable: string;
  /** `3.9.18`. */
  readonly version: string;
  /** Paths and modification times of the distributions that it has. */
  readonly installed: readonly string[];
  /** Absolute paths of directories that it needs to be able to read, links resolved and unresolved. */
  readonly prefixes: readonly string[];
}

const OLDEST = [3, 6] as const;
const FACTS = `
import json, os, sys
prefixes = [getattr(sys, n, sys.prefix) for n in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix")]
version = ".".join(map(str, sys.version_info[:3]))
marks = (".dist-info", ".egg-info", ".egg-link", ".pth")
places = [name for name in sys.path if os.path.isdir(name)]
files = [os.path.join(place, name) for place in places for name in os.listdir(place) if name.endswith(marks)]
installed = sorted("%s %d" % (name, os.lstat(name).st_mtime) for name in files)
print(json.dumps([sys.executable, version, prefixes, installed]))
`;

/** Is a version such as `3.9.18` one that the probe runs on? */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The error for an interpreter that is too old, wherever it was found. */
export function pythonTooOld(command: string, version: string): UserError {
  return new UserError(
    'python-too-old',
    `${command} is Python ${version}, but 3.6 is the oldest that can be used`,
    'Name a newer interpreter with --python.',
  );
}

/**
 * Finds the interpreter that `command` runs; without one, `python3` or else `python`.
 * @throws UserError `python-missing`, `python-too-old`
 */
export async function findInterpreter(command: string | undefined): Promise<Interpreter> {
  for (const candidate of command === undefined ? ['python3', 'python'] : [command]) {
    const interpreter = await askInterpreter(candidate);
    if (!interpreter) continue;
    if (!isSupported(interpreter.version)) throw pythonTooOld(candidate, interpreter.version);
    return interpreter;
  }
  throw new UserError(
    'python-missing',
    `no Python interpreter: ${command ?? 'python3 and python'} cannot be run`,
    'Install Python 3.6 or newer, or name an interpreter with --python.',
  );
}

/** What a command runs; undefined when it is no interpreter. */
export async function askInterpreter(command: string): Promise<Interpreter | undefined> {
  const file = command.includes('/') ? path.resolve(command) : command;
  const { stdout, exitCode } = await execa(file, ['-c', FACTS], {
    cwd: '/', // with -c, Python would import modules from the working directory
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '' },
    stdin: 'ignore',
    reject: false,
  });
  if (exitCode !== 0) return undefined;
  const facts = factsOf(stdout);
  if (!facts) return undefined;
  const [executable, version, prefixes, installed] = facts;
  return { executable, version, installed, prefixes: await withTargets(prefixes) };
}

type Facts = readonly [executable: string, version: string, prefixes: string[], installed: string[]];

/** Undefined for what only looks like an interpreter. */
function factsOf(output: string): Facts | undefined {
  try {
    return JSON.parse(output) as Facts;
  } catch {
    return undefined;
  }
}

async function withTargets(directories: readonly string[]): Promise<string[]> {
  return [...new Set([...directories, ...(await Promise.all(directories.map((name) => realpath(name))))])];
}
