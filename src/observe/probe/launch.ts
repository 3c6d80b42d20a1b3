import type { ProcessLimits, Side, SideProcess } from '../engine/engine.js';
import { PROBE_NAME } from '../engine/probe-directory.js';

/** Processes and threads that one probe and the code under test may have at a time. */
const PROCESSES = 256;
/** What is kept of the probe's standard error, for messages. */
const STDERR_BYTES = 65_536;

/** Starts a command of the probe on a side, in the environment that all sides have in common, beside its services. */
export function launchProbe(
  side: Side,
  command: 'serve' | 'tests',
  hashSeed: number,
  limits: Pick<ProcessLimits, 'memoryMb' | 'seconds'>,
): Promise<SideProcess> {
  const services = side.services.length > 0 ? { LOCAL_SERVICES: JSON.stringify(side.services) } : {};
  return side.start([side.python, '-m', PROBE_NAME, command], {
    env: {
      PYTHONPATH: side.probe,
      PYTHONHASHSEED: String(hashSeed),
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      ...services,
    },
    limits: { ...limits, outputBytes: STDERR_BYTES, processes: PROCESSES },
  });
}
