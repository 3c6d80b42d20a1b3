import { setTimeout as delay } from 'node:timers/promises';
import type { Job as QueuedJob, Queue } from 'bullmq';
import type { PairRecord } from '../model/verdict.js';
import { UserError } from '../model/errors.js';
import { explainMissingWorkers } from './builds.js';
import { connect, PREFIX, queueName } from './connection.js';
import { failures } from './failures.js';
import { jobId, readAnswer, readJob, type Job } from './job.js';

/** How often the jobs that are not finished are looked at. */
const POLL_MS = 1000;
/** The workers are counted at every tenth look at the jobs. */
const LOOKS_PER_WORKER_COUNT = 10;
/** How often a job that fails is tried, by any worker; that of a worker that died is taken over besides. */
const ATTEMPTS = 3;
/** How long finished jobs are kept, for a collector that was killed. */
const KEPT_SECONDS = 7 * 24 * 3600;

/** What a collector is given. */
export interface Collection {
  readonly url: string;
  /** One for each instance. */
  readonly jobs: readonly Job[];
  /** Jobs that finished for an earlier collector are computed again. */
  readonly again: boolean;
  readonly onRecord: (record: PairRecord) => Promise<void>;
  /** Called with the reason why the collector waits, whenever it changes. */
  readonly onWait: (why: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Puts jobs into a queue and hands over the records of each as soon as a worker has sent them. A job that is
 * already there is not put a second time, whoever put it; its records are used. Predictions that no worker could
 * audit get records `infra-error`. An abort leaves the jobs in the queue for the next collector.
 * @throws UserError `queue-unavailable`, `job-invalid`
 */
export async function collect(collection: Collection): Promise<void> {
  const { jobs, signal } = collection;
  const [first] = jobs;
  if (!first) return;
  for (const job of jobs) requireValid(job);
  const { Queue } = await import('bullmq');
  const redis = await connect(collection.url);
  const open = (name: string) => new Queue(name, { connection: redis, prefix: PREFIX });
  const queue = open(queueName(first.build));
  queue.on('error', () => undefined); // ioredis reconnects
  try {
    const waiting = new Map(jobs.map((job) => [jobId(job), job]));
    for (const [id, job] of waiting) await enqueue(queue, id, job, collection.again);
    let told: string | null = null;
    for (let look = 0; waiting.size > 0; look += 1) {
      for (const [id, job] of waiting) {
        signal.throwIfAborted();
        const records = await recordsOf(queue, id, job);
        if (records === null) continue;
        for (const record of records) await collection.onRecord(record);
        waiting.delete(id);
      }
      if (waiting.size > 0 && look % LOOKS_PER_WORKER_COUNT === 0) {
        const why = await explainMissingWorkers(redis, first.build, open);
        if (why !== null && why !== told) collection.onWait(why);
        told = why;
      }
      if (waiting.size > 0) await delay(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await queue.close();
    redis.disconnect();
  }
}

/** Puts a job, unless it is there. One that failed for an earlier collector is put again. */
async function enqueue(queue: Queue, id: string, job: Job, again: boolean): Promise<void> {
  const state = await queue.getJobState(id);
  if (state === 'failed' || state === 'completed') {
    const known = (await queue.getJob(id)) as QueuedJob | undefined; // read when it was finished, with its answer
    if (known && (again || state === 'failed' || !isWhole(known, job))) await known.remove();
  }
  await queue.add('instance', job, {
    jobId: id,
    attempts: ATTEMPTS,
    removeOnComplete: { age: KEPT_SECONDS },
    removeOnFail: { age: KEPT_SECONDS },
  });
}

/** A finished job has a record for each prediction, and none of them says that the machinery failed. */
function isWhole(known: QueuedJob, { request }: Job): boolean {
  try {
    const records = readAnswer(known.returnvalue, request);
    const failed = records.some(({ verdict }) => verdict.outcome === 'infra-error');
    return records.length === request.predictions.length && !failed;
  } catch {
    return false; // not the answer of a worker
  }
}

/** The records of a finished job, one for each prediction; null while it is not finished. */
async function recordsOf(queue: Queue, id: string, job: Job): Promise<PairRecord[] | null> {
  const state = await queue.getJobState(id);
  if (state === 'unknown') await enqueue(queue, id, job, false); // somebody emptied the queue
  if (state !== 'completed' && state !== 'failed') return null;
  const finished = (await queue.getJob(id)) as QueuedJob | undefined;
  if (!finished) return null;
  if (state === 'failed') return failures(job, job.request.predictions, finished.failedReason);
  let records: PairRecord[];
  try {
    records = readAnswer(finished.returnvalue, job.request);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return failures(job, job.request.predictions, error.message);
  }
  const answered = new Set(records.map(({ model }) => model));
  const missing = job.request.predictions.filter(({ model }) => !answered.has(model));
  return [...records, ...failures(job, missing, 'the worker sent no record')];
}

/** Refuses what a worker would refuse, before anything is put. */
function requireValid(job: Job): void {
  try {
    readJob(job);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { instanceId } = job.request.instance;
    throw new UserError(
      error.code,
      `${instanceId} cannot be given to a worker: ${error.message}`,
      'Run it without --queue, or give the repository a name that workers find below their --repos-dir.',
    );
  }
}
