import { constants } from 'node:os';
import type { ProcessEnd } from './engine.js';

const NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** How a process ended, from the exit code of a shell or container engine, which adds 128 to a signal's number. */
export function endOfExitCode(code: number | null): Pick<ProcessEnd, 'exitCode' | 'signal'> {
  const signal = code === null ? 'SIGKILL' : (NAMES.get(code - 128) ?? null);
  return { exitCode: signal === null ? code : null, signal };
}
