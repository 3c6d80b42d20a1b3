import type { ProcessLimits, Side, SideProcess } from '../engine/engine.js';
import { PROBE_NAME } from '../engine/probe-directory.js';

/** Processes and threads that one probe and the code under test may have at a time. */
const PROCESSES = 256;
/** What is kept of the probe's standard error, for messages. */
const STDERR_BYTES = 65_536;

/**
 * Nothing is imported from a directory that code under test can write to: not from the one that the process starts in, which
 * `-m` would search first, and with `-s` not from the home of the user.
 */
const BOOTSTRAP = `import sys; sys.path[0] = sys.argv.pop(1); from ${PROBE_NAME}.__main__ import main; sys.exit(main(sys.argv[1:]))`;

/** Starts a command of the probe on a side, in the environment that all sides have in common, beside its services. */
export function launchProbe(
  side: Side,
  command: 'serve' | 'tests',
  hashSeed: number,
  limits: Pick<ProcessLimits, 'memoryMb' | 'seconds'>,
): Promise<SideProcess> {
  const services = side.services.length > 0 ? { LOCAL_SERVICES: JSON.stringify(side.services) } : {};
  return side.start([side.python, '-s', '-c', BOOTSTRAP, side.probe, command], {
    env: {
      HOME: side.probe,
      PYTHONHASHSEED: String(hashSeed),
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      ...services,
    },
    limits: { ...limits, outputBytes: STDERR_BYTES, processes: PROCESSES },
  });
}
