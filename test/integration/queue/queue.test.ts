import { Queue } from 'bullmq';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/model/options.js';
import { sha256 } from '../../../src/pipeline/judge/record.js';
import { InfraError } from '../../../src/model/errors.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { collect } from '../../../src/queue/collector.js';
import { connect, PREFIX, queueName } from '../../../src/queue/connection.js';
import { JOB_FORMAT, jobId, type Build, type Job } from '../../../src/queue/job.js';
import { serve } from '../../../src/queue/worker.js';
import { aRecord } from '../../helpers/builders.js';
import { startRedis, type RedisServer } from '../../helpers/redis.js';
import { rejected } from '../../helpers/rejected.js';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
});

/** Each test has a build, and by that a queue, of its own. */
let build: Build;
let tests = 0;
beforeEach(() => {
  build = { version: '1.2.3', program: sha256(`program ${(tests += 1)}`), probe: sha256('probe') };
});

function aJob(models: readonly string[] = ['m']): Job {
  const source = { file: 'x' };
  const instance = {
    instanceId: 'demo-1',
    repo: 'owner/name',
    baseCommit: 'HEAD',
    goldPatch: 'gold',
    testPatch: '',
    problemStatement: '',
    failToPass: [],
    passToPass: [],
    environment: {},
    source,
  };
  const predictions = models.map((model) => ({ instanceId: 'demo-1', model, patch: `by ${model}`, source }));
  const request = { instance, predictions, tests: [], judged: [] };
  return { format: JOB_FORMAT, build, options: DEFAULT_OPTIONS, reuse: true, request };
}

/** What an honest worker finds of a job. */
const recordsFor = ({ request: { instance, predictions } }: Job, overrides: Partial<PairRecord> = {}) =>
  predictions.map(({ model, patch }) => {
    const base = aRecord({ instanceId: instance.instanceId, model });
    const hashes = {
      ...base.hashes,
      goldPatch: sha256(instance.goldPatch),
      candidatePatch: sha256(patch ?? ''),
    };
    return { ...base, hashes, ...overrides };
  });

/** Serves until `stop`; `ended` tells how. */
async function startWorker(work: (job: Job) => Promise<PairRecord[]>, own = build) {
  const stopping = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const setting = { url: redis.url, build: own, jobs: 1, lockSeconds: 5, signal: stopping.signal };
    ended = serve({ ...setting, work, onReady: resolve });
    ended.catch(reject);
  });
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  return { ended, stop };
}

async function collected(
  jobs: readonly Job[],
  more: { again?: boolean; onWait?: (why: string) => void } = {},
) {
  const records: PairRecord[] = [];
  await collect({
    url: redis.url,
    jobs,
    again: more.again ?? false,
    onRecord: (record) => Promise.resolve(void records.push(record)),
    onWait: more.onWait ?? (() => undefined),
    signal: new AbortController().signal,
  });
  return records;
}

const details = (records: readonly PairRecord[]) =>
  records.map(({ verdict }) => ('detail' in verdict ? verdict.detail : verdict.outcome));

it('hands over the record of every prediction, and asks for the same work once', async () => {
  const job = aJob(['a', 'b']);
  let asked = 0;
  const worker = await startWorker((taken) => {
    asked += 1;
    return Promise.resolve(recordsFor(taken));
  });
  const [one, other] = await Promise.all([collected([job]), collected([job])]);
  expect(one).toEqual(recordsFor(job));
  expect(other).toEqual(one);
  expect(await collected([job])).toEqual(one);
  expect(asked).toBe(1);
  expect(await collected([job], { again: true })).toEqual(one);
  expect(asked).toBe(2);
  await worker.stop();
});

it('asks again for what the machinery failed to do', async () => {
  const job = aJob();
  let fails = true;
  const worker = await startWorker((taken) =>
    Promise.resolve(
      recordsFor(taken, fails ? { verdict: { outcome: 'infra-error', detail: 'no room' } } : {}),
    ),
  );
  expect(details(await collected([job]))).toEqual(['no room']);
  fails = false;
  expect(details(await collected([job]))).toEqual(['consistent']);
  await worker.stop();
});

it('makes an error of what a worker cannot do, and believes no answer for other patches', async () => {
  const [thrown, foreign, malformed] = [aJob(['thrown']), aJob(['foreign']), aJob(['malformed'])];
  const worker = await startWorker((taken) => {
    const model = taken.request.predictions[0]?.model;
    if (model === 'thrown') throw new Error('a bug');
    const records = recordsFor(taken, { hashes: { ...aRecord().hashes, candidatePatch: sha256('another') } });
    return Promise.resolve(
      model === 'foreign' ? records : [{ ...records[0], seed: 'x' } as unknown as PairRecord],
    );
  });
  const records = await collected([thrown, foreign, malformed]);
  const found = details(
    ['thrown', 'foreign', 'malformed'].map((name) => records.find(({ model }) => model === name)!),
  );
  expect(found[0]).toContain('a bug');
  expect(found[1]).toContain('the worker sent no record');
  expect(found[2]).toContain('is not valid');
  await worker.stop();
});

it('gives the job of a worker that can go on no longer to another', async () => {
  const job = aJob();
  const full = new InfraError('disk-full', 'no room');
  const broken = await startWorker(() => Promise.reject(full));
  const running = collected([job]);
  expect(await rejected(broken.ended)).toBe(full);
  const sound = await startWorker((taken) => Promise.resolve(recordsFor(taken)));
  expect(details(await running)).toEqual(['consistent']);
  await sound.stop();
});

it.each([
  ['of another build', (job: Job) => ({ ...job, build: { ...job.build, probe: 'other' } }), 'another build'],
  ['of another format', (job: Job) => ({ ...job, format: 2 }), 'is not valid'],
  ['with a path of the machine', (job: Job) => changed(job, { repo: '/etc' }), 'owner/name'],
  ['with a path that leads out', (job: Job) => changed(job, { repo: 'a/../..' }), 'lead out'],
  [
    'with another program for Python',
    (job: Job) => changed(job, { environment: { python: '/bin/rm' } }),
    'Python',
  ],
  ['with an option for a revision', (job: Job) => changed(job, { baseCommit: '--output=x' }), 'revision'],
])('a worker refuses a job %s', async (_what, change, words) => {
  const job = aJob();
  const worker = await startWorker((taken) => Promise.resolve(recordsFor(taken)));
  const client = await connect(redis.url);
  const queue = new Queue(queueName(build), { connection: client, prefix: PREFIX });
  await queue.add('instance', change(job), { jobId: jobId(job), attempts: 3 });
  let state = '';
  while (state !== 'failed') state = await queue.getJobState(jobId(job));
  const failed = (await queue.getJob(jobId(job)))!;
  expect(failed.failedReason).toContain(words);
  expect(failed.attemptsMade).toBe(1);
  await queue.close();
  client.disconnect();
  await worker.stop();
});

const changed = (job: Job, instance: object) => ({
  ...job,
  request: { ...job.request, instance: { ...job.request.instance, ...instance } },
});

it('does not put a job that workers would refuse', async () => {
  const error = await rejected(collected([changed(aJob(), { repo: '/srv/repository' })]));
  expect(error).toMatchObject({ code: 'job-invalid' });
  expect(error.message).toContain('demo-1 cannot be given to a worker');
});

it('says that it waits for a worker, and which ones cannot help', async () => {
  const other = { ...build, version: '9.9.9', program: sha256('another program') };
  const useless = await startWorker((job) => Promise.resolve(recordsFor(job)), other);
  let told: (why: string) => void = () => undefined;
  const waiting = new Promise<string>((resolve) => {
    told = resolve;
  });
  const running = collected([aJob()], {
    onWait: (why) => {
      told(why);
    },
  });
  expect(await waiting).toMatch(
    /waiting for a worker of patchdiff 1\.2\.3 .* workers of .*patchdiff 9\.9\.9 .* cannot help/,
  );
  const helpful = await startWorker((job) => Promise.resolve(recordsFor(job)));
  expect(details(await running)).toEqual(['consistent']);
  await Promise.all([useless.stop(), helpful.stop()]);
});
