import pLimit from 'p-limit';
import type { InstanceRequest } from '../model/instance-request.js';
import type { PairRecord } from '../model/verdict.js';
import { auditInstance } from './audit-instance.js';
import type { AuditContext } from './context/audit-context.js';

/**
 * Audits every prediction of every instance, `workers` instances at a time, and hands each record to
 * `onRecord` as soon as it exists. A failure of one pair is that pair's record; what ends the audit is an
 * abort, a bug, a full disk, or a record that cannot be kept. All work has ended when this returns or throws.
 */
export async function audit(
  requests: readonly InstanceRequest[],
  context: AuditContext,
  workers: number,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const pairs = requests.reduce((sum, { predictions }) => sum + predictions.length, 0);
  context.listen({ type: 'planned', pairs, instances: requests.length });
  for (const { instance } of requests) context.expect?.(instance);
  const limit = pLimit(workers);
  const failure = new AbortController();
  const signal = AbortSignal.any([context.signal, failure.signal]);
  const one = async (request: InstanceRequest) => {
    signal.throwIfAborted();
    try {
      await auditInstance(request, { ...context, signal }, onRecord);
    } catch (error) {
      failure.abort(error);
      await context.engine.dispose();
    }
  };
  await Promise.allSettled(requests.map((request) => limit(one, request)));
  signal.throwIfAborted();
}
