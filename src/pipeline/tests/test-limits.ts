import type { AuditOptions } from '../../model/options.js';
import type { Suite } from '../../model/suite.js';

/** How long test runs may take. */
export interface TestLimits {
  readonly timeoutSeconds: number;
  readonly suite: Suite;
  /** For the developer tests the benchmark does not run, on each side; what was reported by then counts. */
  readonly developerSeconds: number;
}

/** The limits that the options of an audit give. */
export const testLimits = ({ timeoutSeconds, suite, suiteSeconds }: AuditOptions): TestLimits => ({
  timeoutSeconds,
  suite,
  developerSeconds: suiteSeconds,
});
