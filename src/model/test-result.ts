import { z } from 'zod';
import type { Immutable } from './immutable.js';

export const testStatusSchema = z.enum([
  'passed',
  'failed',
  'error',
  'skipped',
  'xfailed',
  'xpassed',
  'timeout',
  'missing',
]);

/** `error` is a failure outside the test's own code (import, fixture); `missing` was asked for and never reported. */
export type TestStatus = z.infer<typeof testStatusSchema>;

export const testResultSchema = z.object({
  /** As the benchmark writes it: `path::name[param]`, `test_x (module.Class)`, `test_x`. */
  id: z.string(),
  file: z.string(),
  status: testStatusSchema,
  seconds: z.number(),
  /** How the runner prints the test beside its id: the first line of its docstring. */
  title: z.string().exactOptional(),
  /** Exception type and message, for a reader. */
  message: z.string().exactOptional(),
});

export type TestResult = Immutable<z.infer<typeof testResultSchema>>;

/** A whole test run on one side. `ended` says whether the runner completed, was stopped, or died. */
export interface TestRun {
  readonly results: readonly TestResult[];
  readonly ended: 'completed' | 'timeout' | 'crashed';
  readonly seconds: number;
  /** The tail of what the runner printed, for the log. */
  readonly output: string;
  /** Results of the test files that were in the tree for this run only. */
  readonly plantedResults?: readonly TestResult[];
  /** Ids of tests that are said to have ended and had not begun. */
  readonly irregular?: readonly string[];
  /** Files that steer the tests and were written to while they ran. */
  readonly altered?: readonly string[];
}

/** The key of a test in a run: ids such as `test_x` are unique in their file only. */
export const testKey = ({ id, file }: Pick<TestResult, 'id' | 'file'>): string => `${file}\n${id}`;
