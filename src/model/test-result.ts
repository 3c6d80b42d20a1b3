/** `error` is a failure outside the test's own code (import, fixture); `missing` was asked for and never reported. */
export type TestStatus =
  'passed' | 'failed' | 'error' | 'skipped' | 'xfailed' | 'xpassed' | 'timeout' | 'missing';

export interface TestResult {
  /** As the benchmark writes it: `path::name[param]`, `test_x (module.Class)`, `test_x`. */
  readonly id: string;
  readonly file: string;
  readonly status: TestStatus;
  readonly seconds: number;
  /** Exception type and message, for a reader. */
  readonly message?: string;
}

/** A whole test run on one side. `ended` says whether the runner came to its own end. */
export interface TestRun {
  readonly results: readonly TestResult[];
  readonly ended: 'completed' | 'timeout' | 'crashed';
  readonly seconds: number;
  /** The tail of what the runner printed, for the log. */
  readonly output: string;
}
