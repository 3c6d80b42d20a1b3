import type { InstanceRequest } from '../../model/instance-request.js';
import type { PairRecord } from '../../model/verdict.js';
import type { RecordBasis, ReplaySetting } from '../records/run-records.js';

/** A way to compute the pairs of a run: on this machine, or by the workers of a queue. */
export interface PairWork {
  /** One sentence on where patches run, and why. */
  readonly description: string;
  readonly basis: RecordBasis;
  readonly replay: Pick<ReplaySetting, 'engine' | 'seed'>;
  run(requests: readonly InstanceRequest[], onRecord: (record: PairRecord) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
