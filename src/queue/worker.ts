import { once } from 'node:events';
import type { Job as QueuedJob, Worker } from 'bullmq';
import { InfraError } from '../model/errors.js';
import type { PairRecord } from '../model/verdict.js';
import { announce } from './builds.js';
import { connect, PREFIX, queueName } from './connection.js';
import { JOB_FORMAT, readJob, type Answer, type Build, type Job } from './job.js';

/** Times that a job is taken over from workers that died under it; then it is what kills them. */
const MOST_TAKEOVERS = 3;

/** What a worker is given. */
export interface WorkerSetting {
  readonly url: string;
  readonly build: Build;
  /** Jobs at a time. */
  readonly jobs: number;
  /** A worker that gives no sign of life for so long has its jobs taken over. */
  readonly lockSeconds: number;
  /** Audits an instance; throws InfraError when this machine can go on no longer. */
  readonly work: (job: Job) => Promise<PairRecord[]>;
  /** Told when jobs can be taken. */
  readonly onReady: () => void;
  readonly signal: AbortSignal;
}

/**
 * Takes jobs until the signal aborts; those in hand are then put back for other workers.
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
    worker.on('error', () => undefined); // the connection is made again, and a lost job is done elsewhere
    await worker.waitUntilReady();
    setting.onReady();
    if (!stop.aborted) await once(stop, 'abort');
    await worker.close();
    broken.signal.throwIfAborted();
  } finally {
    redis.disconnect();
  }
}

/** A job of our own build; anything else can never be done here or by our like. */
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
