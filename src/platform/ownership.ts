import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who owns a temporary file, a scratch folder or a container, so that what a killed process left behind can be
 * removed and what a running process uses cannot.
 *
 * A mark is `PID-START-PLACE`: the process id; when the process started, in clock ticks since the machine did, which
 * tells the owner from a later process with the same id; and a hash of the machine and the namespaces in which these
 * two numbers mean something.
 */
const MARK = /^(\d+)-(\d+)-([0-9a-f]{8})$/;
/** A mark in a file name stands at its start or after `.` or `-`; text that makes the name unique follows. */
const MARK_IN_NAME = /(?:^|[.-])(\d+-\d+-[0-9a-f]{8})-[\w-]+$/;

/** The mark of this process. */
export const ownerMark = (): string => OWN_MARK;

/** Whether the owner named by a mark no longer runs; false when that cannot be known from here. */
export function isOwnerGone(mark: string): boolean {
  const [, pid, started, place] = MARK.exec(mark) ?? [];
  if (pid === undefined || place !== PLACE) return false;
  if (!isRunning(Number(pid))) return true;
  const startedNow = startTimeOf(pid);
  return startedNow !== UNKNOWN_START && started !== UNKNOWN_START && startedNow !== started;
}

/** Whether the name of a file or folder carries the mark of an owner that no longer runs. */
export function isAbandoned(name: string): boolean {
  const [, mark] = MARK_IN_NAME.exec(name) ?? [];
  return mark !== undefined && isOwnerGone(mark);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const UNKNOWN_START = '0';

/** Field 22 of `/proc/PID/stat`; the second field is the command's name in parentheses and may hold anything. */
function startTimeOf(pid: number | string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fieldsFromThird[22 - 3] ?? UNKNOWN_START;
  } catch {
    return UNKNOWN_START; // a system without /proc, or one that hides other users' processes
  }
}

/** Process ids are those of the PID namespace, and start times those of the time namespace. */
const PLACE = createHash('sha256')
  .update([hostname(), namespaceOf('pid'), namespaceOf('time')].join('\n'))
  .digest('hex')
  .slice(0, 8);

const OWN_MARK = `${process.pid}-${startTimeOf('self')}-${PLACE}`;

function namespaceOf(kind: 'pid' | 'time'): string {
  try {
    return readlinkSync(`/proc/self/ns/${kind}`);
  } catch {
    return ''; // a system without namespaces
  }
}
