import type { ProcessLimits } from './engine.js';

/**
 * A shell is asked for each limit; where the system refuses one, the command runs without it. Processes are `-u` for most
 * shells and `-p` for dash.
 */
const SCRIPT = `
ulimit -v "$1" 2>/dev/null
[ -z "$2" ] || ulimit -u "$2" 2>/dev/null || ulimit -p "$2" 2>/dev/null
ulimit -c 0 2>/dev/null
shift 2
exec "$@"
`;

/**
 * A command that sets resource limits on itself and then becomes `argv`.
 * @param processes limit on the processes of the user; omitted where something else limits them
 */
export function limitedCommand(
  argv: readonly string[],
  { memoryMb }: Pick<ProcessLimits, 'memoryMb'>,
  processes?: number,
): string[] {
  return ['/bin/sh', '-c', SCRIPT, 'sh', String(memoryMb * 1024), String(processes ?? ''), ...argv];
}
