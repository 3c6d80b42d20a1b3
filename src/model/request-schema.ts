import { z } from 'zod';
import type { InstanceRequest } from './instance-request.js';
import type { AuditOptions } from './options.js';
import type { EnvironmentSpec, Instance, Prediction } from './instance.js';
import { recordSchema } from './record-schema.js';

const positive = z.number().positive();
const count = z.int().nonnegative();

/** `owner/name` or a path below a directory that the reader chooses: nothing that leads out of it. */
const repositorySchema = z
  .string()
  .regex(/^[\w.+@-]+(\/[\w.+@-]+)*$/, 'must be owner/name or a path below --repos-dir')
  .refine((name) => !name.split('/').includes('..'), 'must not lead out of --repos-dir');

/** The command of an interpreter, and of nothing else. */
const pythonSchema = z
  .string()
  .regex(/^([\w./+@-]*\/)?(python|pypy)[\d.]*$/, 'must be the command of a Python interpreter');

const environmentSchema: z.ZodType<EnvironmentSpec> = z.object({
  image: z.exactOptional(z.string().min(1)),
  workdir: z.exactOptional(z.string().min(1)),
  python: z.exactOptional(pythonSchema),
});

/** Where a row or a prediction was read from is of no use on another machine. */
const ELSEWHERE = { file: 'queue' } as const;
const source = z.unknown().transform(() => ELSEWHERE);

const instanceSchema: z.ZodType<Instance> = z.object({
  instanceId: z.string().min(1),
  repo: repositorySchema,
  baseCommit: z.string().regex(/^[^-\s]\S*$/, 'must be a revision'),
  goldPatch: z.string(),
  testPatch: z.string(),
  problemStatement: z.string(),
  version: z.exactOptional(z.string()),
  failToPass: z.array(z.string()),
  passToPass: z.array(z.string()),
  environment: environmentSchema,
  testRunner: z.exactOptional(z.enum(['pytest', 'unittest', 'sympy', 'django'])),
  evalType: z.exactOptional(z.literal('fail_only')),
  source,
});

const predictionSchema: z.ZodType<Prediction> = z.object({
  instanceId: z.string().min(1),
  model: z.string(),
  patch: z.string().nullable(),
  resolved: z.exactOptional(z.boolean()),
  source,
});

/** An instance with its predictions, as it is handed to another machine. */
export const requestSchema: z.ZodType<InstanceRequest> = z
  .object({
    instance: instanceSchema,
    predictions: z.array(predictionSchema),
    tests: z.array(z.string()).max(0, 'must be empty'),
    judged: z.array(recordSchema),
  })
  .refine(
    ({ instance, predictions, judged }) =>
      [...predictions, ...judged].every(({ instanceId }) => instanceId === instance.instanceId),
    'has predictions for another instance',
  );

export const optionsSchema: z.ZodType<AuditOptions> = z.strictObject({
  seed: z.int(),
  budgetSeconds: positive,
  timeoutSeconds: positive,
  mutants: count,
  secondsPerInput: positive,
  testFiles: count,
  suite: z.enum(['impacted', 'related', 'full']),
  suiteSeconds: positive,
  divergences: count,
});
