import type { InstanceRequest } from '../../model/instance-request.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import { audit } from '../../pipeline/audit.js';
import { poolSize } from './pool-size.js';
import type { AuditListener } from '../../model/events.js';
import type { AuditOptions } from '../../model/options.js';
import { UserError } from '../../model/errors.js';
import type { PairRecord } from '../../model/verdict.js';
import { probeVersion } from '../../observe/probe/version.js';
import { collect } from '../../queue/collector.js';
import { withoutSecrets } from '../../queue/connection.js';
import { JOB_FORMAT, type Build, type Job } from '../../queue/job.js';
import { programVersion, toolVersion } from '../../platform/version.js';
import { openAudit, type AuditSetup } from '../engine/open-audit.js';
import { replaySetting } from './replay-setting.js';
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

/** Runs pairs on this machine, `workers` instances at a time. */
export async function workHere(
  request: AuditSetup,
  seed: number,
  workers: number | undefined,
): Promise<PairWork> {
  const { context, close } = await openAudit(request);
  return {
    description: context.engine.description,
    basis: basisOf(context),
    replay: replaySetting({ ...request, seed }, context, request.trusted),
    run: (requests, onRecord) => audit(requests, context, workers ?? poolSize(context.engine.capacity), onRecord),
    close,
  };
}

/** What the records of a context depend on. */
export const basisOf = (context: AuditContext): RecordBasis => ({
  options: context.options,
  probe: context.probe,
  environmentOf: async (instance) => ({
    engine: context.engine.name,
    ...(await context.identify(instance)),
    content: await context.contentOf(instance),
  }),
});

/** What `run` gives along when workers run the pairs. */
export interface QueueRequest {
  readonly queue: string;
  readonly options: AuditOptions;
  /** Jobs that are finished already are computed again. */
  readonly again: boolean;
  readonly reuse: boolean;
  readonly listen: AuditListener;
  readonly onWait: (why: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Has the workers of a queue run pairs. Where patches run is their affair: records are kept for the row, the
 * patch, the options and the build of patchdiff, and say themselves in which environment they were made.
 */
export async function workByQueue(request: QueueRequest): Promise<PairWork> {
  const { queue: url, options, again, reuse, listen, onWait, signal } = request;
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

/** The build that this process runs. */
export async function ownBuild(): Promise<Build> {
  return { version: toolVersion(), program: await programVersion(), probe: await probeVersion() };
}

/** Options that say where patches run are the workers' when there is a queue. */
export function refuseHostOptions(argv: {
  readonly engine: string;
  readonly image?: string | undefined;
  readonly python?: string | undefined;
  readonly sandbox: boolean;
  readonly reposDir?: string | undefined;
}): void {
  const given = [
    ...(argv.engine === 'auto' ? [] : ['--engine']),
    ...(argv.image === undefined ? [] : ['--image']),
    ...(argv.python === undefined ? [] : ['--python']),
    ...(argv.sandbox ? [] : ['--no-sandbox']),
    ...(argv.reposDir === undefined ? [] : ['--repos-dir']),
  ];
  if (given.length === 0) return;
  throw new UserError(
    'usage',
    `${given.join(' and ')} cannot be given with --queue: where patches run is the workers' affair`,
    `Give ${given.length === 1 ? 'it' : 'them'} to patchdiff worker.`,
  );
}
