import type { Stage } from '../../model/events.js';
import type { AuditContext } from './audit-context.js';

/**
 * Tells the listener which stage of an instance (or, with a model, of a pair) begins.
 * @throws the reason when the audit was aborted: every stage is a place to stop
 */
export function announce(
  { listen, signal }: Pick<AuditContext, 'listen' | 'signal'>,
  instanceId: string,
  model: string | null,
  stage: Stage,
): void {
  signal.throwIfAborted();
  listen({ type: 'stage', instanceId, model, stage });
}
