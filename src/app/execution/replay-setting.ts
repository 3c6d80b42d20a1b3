import type { ReplayBundle } from '../../model/replay.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';

/** How the engine was asked for, so that a replay asks for the same. */
export function replaySetting(
  argv: {
    readonly image?: string | undefined;
    readonly python?: string | undefined;
    readonly environments: 'given' | 'build';
    readonly sandbox: boolean;
    readonly seed: number;
  },
  context: AuditContext,
  trusted: boolean,
): Pick<ReplayBundle, 'engine' | 'seed'> {
  const { image = null, python = null, environments, sandbox, seed } = argv;
  return { engine: { name: context.engine.name, image, python, environments, sandbox, trusted }, seed };
}
