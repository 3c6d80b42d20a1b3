import { readFile, readdir } from 'node:fs/promises';

/** The environment variable that marks a process and, since they inherit it, all that it starts. */
export const MARK = 'PATCHDIFF_PROCESS';

/**
 * Kills every process that carries the mark, also in sessions and groups of its own, until none is left.
 * Finds nothing on systems without /proc.
 */
export async function killMarked(mark: string): Promise<void> {
  await killThose((entry) => entry === `${MARK}=${mark}`);
}

/** Does as `killMarked` for every mark that is a path below a directory. */
export async function killMarkedBelow(directory: string): Promise<void> {
  await killThose((entry) => entry.startsWith(`${MARK}=${directory}/`));
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
