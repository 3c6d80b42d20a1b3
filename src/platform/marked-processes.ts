import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * The environment variable that marks a process and, since they inherit it, all that it starts. Service managers set one of
 * this name, so that it tells code under test nothing.
 */
export const MARK = 'INVOCATION_ID';

/** The mark of the process with a number that was started for a directory: 32 hexadecimal digits, as such an id has. */
export const markOf = (directory: string, number: number): string =>
  digits(path.dirname(directory), 12) + digits(directory, 12) + number.toString(16).padStart(8, '0');

const digits = (text: string, count: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, count);

/**
 * Kills every process that carries the mark, also in sessions and groups of its own, until none is left.
 * Finds nothing on systems without /proc.
 */
export async function killMarked(mark: string): Promise<void> {
  await killThose((entry) => entry === `${MARK}=${mark}`);
}

/** Does as `killMarked` for every mark that was made for a directory in this one. */
export async function killMarkedBelow(directory: string): Promise<void> {
  await killThose((entry) => entry.startsWith(`${MARK}=${digits(directory, 12)}`));
}

async function killThose(isMark: (entry: string) => boolean): Promise<void> {
  for (let pids = await marked(isMark); pids.length > 0; pids = await marked(isMark)) {
    for (const pid of pids) killQuietly(pid);
  }
}

/** Sends SIGKILL to a process, or to a process group for a negative number; does nothing when it has ended. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it has ended already
  }
}

async function marked(isMark: (entry: string) => boolean): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => carries(pid, isMark)));
  return pids.filter((_, index) => found[index]).map(Number);
}

async function carries(pid: string, isMark: (entry: string) => boolean): Promise<boolean> {
  // A process that has ended and waits for its parent has an empty environment.
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return environment.split('\0').some(isMark);
}
