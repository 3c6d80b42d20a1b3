import type { ReplayBundle } from '../../model/replay.js';
import type { Engine } from '../../observe/engine/engine.js';
import type { AuditSetup } from '../engine/open-audit.js';

/** How the engine was asked for, so that a replay asks for the same. */
export function replaySetting(setup: AuditSetup, { name }: Engine): Pick<ReplayBundle, 'engine' | 'seed'> {
  const { image = null, python = null, environments, sandbox, trusted, options } = setup;
  return { engine: { name, image, python, environments, sandbox, trusted }, seed: options.seed };
}
