import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A part of a file name that says which process owns the file, as other processes that see it can tell: `PID-PLACE`,
 * where a place is a machine and a namespace of process ids.
 */
export const ownerMark = (): string => `${process.pid}-${PLACE}`;

/** Whether a name says that its owner was a process of this place, and that process is no more. */
export function isOrphaned(name: string): boolean {
  const [, pid, place] = /(?:^|[.-])(\d+)-([0-9a-f]{8})-[\w-]+$/.exec(name) ?? [];
  if (place !== PLACE) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const PLACE = createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // a system without namespaces
  }
}
