import { z } from 'zod';
import type { Immutable } from './immutable.js';

/** The test runners that developer tests of a benchmark may be written for. */
export const TEST_RUNNERS = ['pytest', 'unittest', 'sympy', 'django'] as const;
export const testRunnerSchema = z.enum(TEST_RUNNERS);

/** The test runner that an instance's developer tests are written for. */
export type TestRunner = z.infer<typeof testRunnerSchema>;

/** Where a record was read from, for error messages; `line` is 1-based. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
}

/** Where a row or a prediction was read from is of no use on another machine, so it is replaced on arrival. */
const source = z.unknown().transform((): SourceLocation => ({ file: 'queue' }));

/** `owner/name` or a path below a directory that the reader chooses: nothing that leads out of it. */
const repositorySchema = z
  .string()
  .regex(/^[\w.+@-]+(\/[\w.+@-]+)*$/, 'must be owner/name or a path below --repos-dir')
  .refine((name) => !name.split('/').includes('..'), 'must not lead out of --repos-dir');

/** The command of an interpreter, and of nothing else. */
const pythonSchema = z
  .string()
  .regex(/^([\w./+@-]*\/)?(python|pypy)[\d.]*$/, 'must be the command of a Python interpreter');

const environmentSpecSchema = z.object({
  /** Docker image; absent means: by the public naming rule, or the one given by the user. */
  image: z.string().min(1).exactOptional(),
  /** Directory of the repository inside the image. */
  workdir: z.string().min(1).exactOptional(),
  /** Python command inside the environment, such as `/opt/venv/bin/python`. */
  python: pythonSchema.exactOptional(),
});

/** An instance as another machine sends it: what could reach outside of the reader's directories is refused. */
export const instanceSchema = z.object({
  instanceId: z.string().min(1),
  /** `owner/name`, or a path of a local repository. */
  repo: repositorySchema,
  baseCommit: z.string().regex(/^[^-\s]\S*$/, 'must be a revision'),
  goldPatch: z.string(),
  testPatch: z.string(),
  /** The issue text; empty when there is none. */
  problemStatement: z.string(),
  version: z.string().exactOptional(),
  failToPass: z.array(z.string()),
  passToPass: z.array(z.string()),
  environment: environmentSpecSchema,
  /** Absent means: chosen from the repository's name and what the interpreter can import. */
  testRunner: testRunnerSchema.exactOptional(),
  /** `fail_only`: a PASS_TO_PASS that the run does not report is kept. Absent means `pass_and_fail`. */
  evalType: z.literal('fail_only').exactOptional(),
  source,
});

/** A prediction as another machine sends it. */
export const predictionSchema = z.object({
  instanceId: z.string().min(1),
  /** The submission's name (`model_name_or_path`). */
  model: z.string(),
  /** `null` when the submission gave none. */
  patch: z.string().nullable(),
  /** Whether the submission's own results count it as resolved; absent where there are none. */
  resolved: z.boolean().exactOptional(),
  source,
});

/** What a row (or the command line) says about the environment that an instance runs in. */
export type EnvironmentSpec = Immutable<z.infer<typeof environmentSpecSchema>>;

/** One benchmark row. */
export type Instance = Immutable<z.infer<typeof instanceSchema>>;

/** One model patch for one instance. */
export type Prediction = Immutable<z.infer<typeof predictionSchema>>;
