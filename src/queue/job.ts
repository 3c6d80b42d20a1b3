import { z } from 'zod';
import { instanceRequestSchema, type InstanceRequest } from '../model/instance-request.js';
import { auditOptionsSchema, type AuditOptions } from '../model/options.js';
import { sha256 } from '../pipeline/judge/record.js';
import { UserError } from '../model/errors.js';
import { pairRecordSchema, type PairRecord } from '../model/verdict.js';
import { contentKey } from '../platform/content-key.js';

/** Version of the messages in the queue. */
export const JOB_FORMAT = 1;

/** Which patchdiff a process runs; collectors and workers work together only when theirs are equal. */
export interface Build {
  /** `0.1.0`. */
  readonly version: string;
  /** Hash of the program. */
  readonly program: string;
  /** Hash of the probe's sources. */
  readonly probe: string;
}

/** One instance with its predictions, and all that its records depend on except the environment. */
export interface Job {
  readonly format: typeof JOB_FORMAT;
  readonly build: Build;
  readonly options: AuditOptions;
  /** Results that were computed before may be used. */
  readonly reuse: boolean;
  readonly request: InstanceRequest;
}

/** What a worker sends back. */
export interface Answer {
  readonly format: typeof JOB_FORMAT;
  readonly records: readonly PairRecord[];
}

const jobSchema: z.ZodType<Job> = z.object({
  format: z.literal(JOB_FORMAT),
  build: z.object({ version: z.string(), program: z.string(), probe: z.string() }),
  options: auditOptionsSchema,
  reuse: z.boolean(),
  request: instanceRequestSchema,
});

const answerSchema: z.ZodType<Answer> = z.object({
  format: z.literal(JOB_FORMAT),
  records: z.array(pairRecordSchema),
});

/**
 * Validates a job from the queue, which anybody may have put there.
 * @throws UserError `job-invalid`
 */
export function readJob(data: unknown): Job {
  return read(jobSchema, data, 'a job of the queue');
}

/**
 * The records of an answer that are for the predictions of `request`, each at most once.
 * @throws UserError `job-invalid` for anything else than the answer of a worker
 */
export function readAnswer(data: unknown, { instance, predictions }: InstanceRequest): PairRecord[] {
  const { records } = read(answerSchema, data, `the answer for ${instance.instanceId}`);
  const goldPatch = sha256(instance.goldPatch);
  return predictions.flatMap(({ model, patch }) => {
    const candidatePatch = sha256(patch ?? '');
    const found = records.find(
      (record) =>
        record.instanceId === instance.instanceId &&
        record.model === model &&
        record.hashes.goldPatch === goldPatch &&
        record.hashes.candidatePatch === candidatePatch,
    );
    return found ? [found] : [];
  });
}

/** The name of a job: the same for the same work, whoever asks for it. */
export function jobId({ format, build, options, reuse, request }: Job): string {
  const { source, ...row } = request.instance;
  const predictions = request.predictions.map(({ model, patch }) => ({ model, patch }));
  return `job-${contentKey({ format, build, options, reuse, row, predictions, tests: request.tests })}`;
}

function read<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(
    'job-invalid',
    `${what} is not valid: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}
