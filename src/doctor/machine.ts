import { access, constants, mkdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import { sandboxPowers, sandboxProblem } from '../observe/engine/local/sandbox-powers.js';
import { gigabytes } from '../observe/engine/docker/docker-room.js';
import { findInterpreter } from '../observe/engine/interpreter.js';
import { findPython } from '../environments/find-python.js';
import type { Recipes } from '../environments/recipes.js';
import { UserError } from '../model/errors.js';
import { tryGit } from '../trees/git/git.js';
import { sizeOnDisk } from '../platform/directory-size.js';
import type { Finding } from './finding.js';

/** Trees, scratch files and virtual environments of a few instances. */
const LEAST_FREE_BYTES = 2 * 1024 ** 3;

/** Checks Node.js against the oldest version that can be used. */
export function checkNode(version: string, oldest: string): Finding {
  const isOld = version.localeCompare(oldest, 'en', { numeric: true }) < 0;
  if (!isOld) return { name: 'Node.js', state: 'ok', detail: version };
  return {
    name: 'Node.js',
    state: 'missing',
    detail: `${version}, and ${oldest} is the oldest that can be used`,
    fix: 'Install a newer Node.js.',
  };
}

export async function checkGit(): Promise<Finding> {
  try {
    const { stdout } = await tryGit(['--version']);
    return { name: 'git', state: 'ok', detail: stdout.trim().replace('git version ', '') };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: 'git', state: 'missing', detail: error.message, fix: 'Install git.' };
  }
}

/** The interpreter that the local engine takes when none is named. */
export async function checkPython(): Promise<Finding> {
  try {
    const { executable, version } = await findInterpreter(undefined);
    return { name: 'Python', state: 'ok', detail: `${version}, ${executable}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: 'Python', state: 'limits', detail: error.message, fix: error.hint ?? '' };
  }
}

/** The versions of Python that environments are built with (`--environments build`). */
export async function checkRecipePythons(recipes: Recipes): Promise<Finding> {
  const needed = [
    ...new Set(recipes.all.filter(({ build }) => build.length === 0).map(({ python }) => python)),
  ];
  needed.sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  const missing: string[] = [];
  for (const minor of needed) if ((await findPython(minor)) === undefined) missing.push(minor);
  const name = 'Pythons of the recipes';
  if (missing.length === 0) return { name, state: 'ok', detail: needed.join(', ') };
  return {
    name,
    state: 'limits',
    detail: `${missing.join(', ')} of ${needed.join(', ')} not found`,
    fix: `Install them to build environments locally: uv python install ${missing.join(' ')}, or pyenv install.`,
  };
}

export async function checkSandbox(): Promise<Finding> {
  const problem = await sandboxProblem();
  if (problem === undefined) return { name: 'bubblewrap', state: 'ok', detail: 'makes sandboxes' };
  return {
    name: 'bubblewrap',
    state: 'limits',
    detail: problem,
    fix: 'Install bubblewrap, or use --engine docker, or --no-sandbox for patches you trust.',
  };
}

/** What sandboxes of the local engine are without on this machine; nothing where there can be none. */
export async function checkProtections(): Promise<Finding[]> {
  const powers = await sandboxPowers();
  if (typeof powers === 'string') return [];
  const name = 'Protections';
  if (powers.missing.length === 0) return [{ name, state: 'ok', detail: 'bubblewrap has every one' }];
  return powers.missing.map((detail) => ({
    name,
    state: 'limits',
    detail,
    fix: 'See docs/threat-model.md for what that leaves open, or use --engine docker.',
  }));
}

/** The public images are made for one kind of processor. */
export function checkArchitecture(architecture = os.arch()): Finding {
  const name = 'Architecture';
  if (architecture === 'x64') return { name, state: 'ok', detail: architecture };
  return {
    name,
    state: 'limits',
    detail: `${architecture}: public images are x86_64 and run emulated, several times slower; time limits are longer for them`,
    fix: 'Build images for this machine with patchdiff images build.',
  };
}

/** Free space where trees and scratch files are made. */
export async function checkDisk(directory = os.tmpdir()): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const detail = `${gigabytes(free)} free in ${directory}`;
  if (free >= LEAST_FREE_BYTES) return { name: 'Disk', state: 'ok', detail };
  return {
    name: 'Disk',
    state: 'limits',
    detail,
    fix: 'Free some space there, or set TMPDIR to another folder.',
  };
}

export async function checkCache(directory: string): Promise<Finding> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
    const detail = `${directory}, ${gigabytes(await sizeOnDisk(directory))}`;
    return { name: 'Cache', state: 'ok', detail };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return {
      name: 'Cache',
      state: 'missing',
      detail: `${directory} cannot be written (${code})`,
      fix: 'Make it writable, or set XDG_CACHE_HOME to another folder.',
    };
  }
}
