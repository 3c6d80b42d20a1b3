import type { AuditListener } from '../../model/events.js';
import type { AuditOptions } from '../../model/options.js';
import { collect } from '../../queue/collector.js';
import { withoutSecrets } from '../../queue/connection.js';
import { JOB_FORMAT, type Job } from '../../queue/job.js';
import { ownBuild } from './own-build.js';
import type { PairWork } from './pair-work.js';

/** What workers need to know to run the pairs of a run. */
export interface QueueSetup {
  /** URL of the Redis. */
  readonly url: string;
  readonly options: AuditOptions;
  /** Jobs that are finished already are computed again. */
  readonly again: boolean;
  readonly reuse: boolean;
  readonly listen: AuditListener;
  /** Told why no worker takes the jobs. */
  readonly onWait: (why: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Has the workers of a queue run pairs. The workers decide where patches run: records are kept for the row, the
 * patch, the options and the build of patchdiff, and say themselves in which environment they were made.
 */
export async function workByQueue(setup: QueueSetup): Promise<PairWork> {
  const { url, options, again, reuse, listen, onWait, signal } = setup;
  const build = await ownBuild();
  return {
    description: 'workers of a queue',
    basis: { options, probe: build.probe, environmentOf: () => Promise.resolve({ queue: build }) },
    replay: {
      engine: { name: 'local', image: null, python: null, sandbox: true, trusted: false },
      seed: options.seed,
    },
    async run(requests, onRecord) {
      const pairs = requests.reduce((sum, { predictions }) => sum + predictions.length, 0);
      listen({ type: 'planned', pairs, instances: requests.length });
      await collect({
        url,
        jobs: requests.map((one): Job => ({ format: JOB_FORMAT, build, options, reuse, request: one })),
        again,
        onRecord: async (record) => {
          await onRecord(record);
          listen({ type: 'judged', record, reused: false });
        },
        onWait: (why) => {
          onWait(`${why} (patchdiff worker --queue ${withoutSecrets(url)})`);
        },
        signal,
      });
    },
    close: () => Promise.resolve(),
  };
}
