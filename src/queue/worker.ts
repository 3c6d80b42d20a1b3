import { once } from 'node:events';
import type { Job as QueuedJob, Worker } from 'bullmq';
import { InfraError } from '../model/errors.js';
import type { PairRecord } from '../model/verdict.js';
import { announce } from './builds.js';
import { connect, PREFIX, queueName } from './connection.js';
import { JOB_FORMAT, readJob, type Answer, type Build, type Job } from './job.js';

/** How often a job is taken over from a worker that died; after that, the job is what kills them. */
const MOST_TAKEOVERS = 3;

/** What a worker is given. */
export interface WorkerSetting {
  readonly url: string;
  readonly build: Build;
  /** Jobs at a time. */
  readonly jobs: number;
  /** When a worker has not renewed its lock for so long, others take over its jobs. */
  readonly lockSeconds: number;
  /** Audits an instance; throws InfraError when this machine can go on no longer. */
  readonly work: (job: Job) => Promise<PairRecord[]>;
  /** Called when jobs can be taken. */
  readonly onReady: () => void;
  readonly signal: AbortSignal;
}

/**
 * Takes jobs until the signal aborts; unfinished ones are then put back for other workers.
 * @throws UserError `queue-unavailable`, and the InfraError that ended `work`
 */
export async function serve(setting: WorkerSetting): Promise<void> {
  const { signal, build } = setting;
  const bullmq = await import('bullmq');
  const redis = await connect(setting.url);
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal]);
  try {
    await announce(redis, build);
    const process = async (queued: QueuedJob, token?: string): Promise<Answer> => {
      const request = readOwn(queued.data, build, bullmq.UnrecoverableError);
      try {
        return { format: JOB_FORMAT, records: await setting.work(request) };
      } catch (error) {
        if (error instanceof InfraError && !signal.aborted) broken.abort(error);
        if (!stop.aborted) throw error;
        await queued.moveToWait(token);
        throw new bullmq.WaitingError();
      }
    };
    const worker: Worker = new bullmq.Worker(queueName(build), process, {
      connection: redis,
      prefix: PREFIX,
      concurrency: setting.jobs,
      lockDuration: setting.lockSeconds * 1000,
      stalledInterval: setting.lockSeconds * 1000,
      maxStalledCount: MOST_TAKEOVERS,
    });
    worker.on('error', () => undefined); // ioredis reconnects, and another worker does a lost job
    await worker.waitUntilReady();
    setting.onReady();
    if (!stop.aborted) await once(stop, 'abort');
    await worker.close();
    broken.signal.throwIfAborted();
  } finally {
    redis.disconnect();
  }
}

/** A job of this worker's build; any other is refused for good, since no worker of the queue can do it. */
function readOwn(data: unknown, build: Build, Refusal: new (message: string) => Error): Job {
  try {
    const job = readJob(data);
    const same = (['version', 'program', 'probe'] as const).every((part) => job.build[part] === build[part]);
    if (same) return job;
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
  throw new Refusal('the job is of another build of patchdiff than the worker');
}
