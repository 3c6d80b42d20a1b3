import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { count } from './scalars.js';

export const suiteSchema = z.enum(['related', 'impacted', 'full']);

/**
 * Which developer tests are run in addition to the benchmark's own. `related`: those that may reach the changed code,
 * from the test files nearest to it. `impacted`: those that may reach it, from the whole suite, which is traced once on
 * gold as far as the time allows. `full`: the whole suite on every candidate.
 */
export type Suite = z.infer<typeof suiteSchema>;

const suiteFilesSchema = z.object({ run: count, of: count });

export const developerTestsSchema = z.object({
  suite: suiteSchema,
  /** Tests that the candidate was run on. */
  run: count,
  /** Tests of those files that gold passes. */
  of: count,
  /** Tests that may reach the change, but were not run for lack of time. */
  cut: count,
  files: suiteFilesSchema,
});

/** Test files that were run to completion on gold, and how many the tree has apart from the benchmark's own. */
export type SuiteFiles = Immutable<z.infer<typeof suiteFilesSchema>>;

/** Which developer tests a candidate was run on. Nothing is said of tests in files that gold was not run on. */
export type DeveloperTests = Immutable<z.infer<typeof developerTestsSchema>>;
