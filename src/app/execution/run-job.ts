import { devNull } from 'node:os';
import { Worker } from 'node:worker_threads';
import { audit } from '../../pipeline/audit.js';
import type { AuditEvent, AuditListener } from '../../model/events.js';
import { InfraError, UserError } from '../../model/errors.js';
import type { PairRecord } from '../../model/verdict.js';
import { failures } from '../../queue/failures.js';
import type { Job } from '../../queue/job.js';
import { Repositories } from '../../trees/repositories.js';
import { cacheDirectory } from '../cache/cache.js';
import { openAudit, type OpenAudit, type AuditSetup } from '../engine/open-audit.js';

/** A job, and how this machine runs jobs. */
export interface JobTask {
  readonly job: Job;
  readonly host: Pick<AuditSetup, 'engine' | 'image' | 'python' | 'sandbox'>;
  readonly reposDir: string | undefined;
}

/** What came of a job: its records, or that this machine has no room left to run any. */
export type JobEnd =
  | { readonly kind: 'records'; readonly records: readonly PairRecord[] }
  | { readonly kind: 'disk-full'; readonly message: string };

/** What the thread of a job sends. */
export type ThreadMessage = JobEnd | { readonly kind: 'event'; readonly event: AuditEvent };

/** Name under which the containers of all workers of a machine are made and cleared up. */
const RUN_ID = 'worker';

/**
 * Runs a job in a thread of its own, so that this one can keep renewing its lock in the queue.
 * @throws InfraError `disk-full`, the signal's reason, and whatever is a bug
 */
export async function runJobInThread(
  task: JobTask,
  listen: AuditListener,
  signal: AbortSignal,
): Promise<PairRecord[]> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('./job-thread.js', import.meta.url), { workerData: task });
  const stop = () => {
    thread.postMessage('stop');
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const end = await new Promise<JobEnd>((resolve, reject) => {
      thread.on('message', (message: ThreadMessage) => {
        if (message.kind === 'event') listen(message.event);
        else resolve(message);
      });
      thread.once('error', reject);
      thread.once('exit', (code) => {
        reject(new Error(`the thread of a job ended with ${code}`));
      });
    });
    if (end.kind === 'disk-full') throw new InfraError('disk-full', end.message);
    return [...end.records];
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Audits the instance of a job. What fails on this machine becomes the verdict of its pairs. */
export async function runJob(task: JobTask, listen: AuditListener, signal: AbortSignal): Promise<JobEnd> {
  const { request } = task.job;
  const records: PairRecord[] = [];
  try {
    const { context, close } = await openFor(task, listen, signal);
    try {
      await audit([request], context, 1, (record) => Promise.resolve(void records.push(record)));
    } finally {
      await close();
    }
    return { kind: 'records', records };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError || error instanceof InfraError)) throw error;
    if (error.code === 'disk-full') return { kind: 'disk-full', message: error.message };
    const missing = request.predictions.filter((one) => !records.some(({ model }) => model === one.model));
    const failed = failures(task.job, missing, `${error.code}: ${error.message}`);
    return { kind: 'records', records: [...records, ...failed] };
  }
}

/**
 * The context of one job. Repositories are those of `--repos-dir` or clones from GitHub: what a job names is not a
 * path on this machine.
 */
function openFor(
  { job, host, reposDir }: JobTask,
  listen: AuditListener,
  signal: AbortSignal,
): Promise<OpenAudit> {
  const repositories = new Repositories({
    cacheDirectory: cacheDirectory('repositories'),
    signal,
    ...(reposDir === undefined ? {} : { reposDir }),
  });
  const nowhere = devNull; // no path below it exists
  return openAudit({
    ...host,
    runId: RUN_ID,
    trusted: false,
    environments: 'given',
    tell: () => undefined,
    instances: [job.request.instance],
    repositoryOf: ({ repo }) => repositories.resolve(repo, reposDir ?? nowhere),
    options: job.options,
    reuse: job.reuse,
    listen,
    signal,
  });
}
