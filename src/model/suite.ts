/**
 * Which developer tests are run beside the benchmark's own. `related`: those of the files nearest to the changed code that
 * may reach it. `impacted`: of the whole suite, traced once on gold as far as the time allows, those that may reach it.
 * `full`: the whole suite on every candidate.
 */
export type Suite = 'related' | 'impacted' | 'full';

/** Test files that were run to their end on gold, of those the tree has beside the benchmark's own. */
export interface SuiteFiles {
  readonly run: number;
  readonly of: number;
}

/** Which developer tests a candidate was run on. Nothing is said of tests in files that gold was not run on. */
export interface DeveloperTests {
  readonly suite: Suite;
  /** Tests that the candidate was run on. */
  readonly run: number;
  /** Tests of those files that gold passes. */
  readonly of: number;
  /** Tests that can tell the two apart and that the time did not allow to run. */
  readonly cut: number;
  readonly files: SuiteFiles;
}
