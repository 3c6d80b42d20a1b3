import { audit } from '../../pipeline/audit.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import { openAudit, type AuditSetup } from '../engine/open-audit.js';
import type { RecordBasis } from '../records/run-records.js';
import type { PairWork } from './pair-work.js';
import { poolSize } from './pool-size.js';
import { replaySetting } from './replay-setting.js';

/** Runs pairs on this machine, `workers` instances at a time. */
export async function workHere(setup: AuditSetup, workers: number | undefined): Promise<PairWork> {
  const { context, close } = await openAudit(setup);
  const { engine } = context;
  return {
    description: engine.description,
    basis: basisOf(context),
    replay: replaySetting(setup, engine),
    run: (requests, onRecord) => audit(requests, context, workers ?? poolSize(engine.capacity), onRecord),
    close,
  };
}

/** What the records that are made in a context depend on. */
const basisOf = (context: AuditContext): RecordBasis => ({
  options: context.options,
  probe: context.probe,
  environmentOf: async (instance) => ({
    engine: context.engine.name,
    ...(await context.identify(instance)),
    content: await context.contentOf(instance),
  }),
});
