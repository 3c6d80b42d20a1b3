import type { Instance } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { endOf, Unjudgeable } from '../../model/unjudgeable.js';
import type { TestFailure } from '../../model/verdict.js';
import type { Side } from '../../observe/engine/engine.js';
import { benchmarkFailures, developerFailures, unlistedFailures } from './benchmark-tests.js';
import type { GoldQualification } from './qualify-gold.js';
import { runFiles } from './run-files.js';
import type { TestLimits } from './test-limits.js';
import type { TestPlan } from './test-plan.js';

/** A candidate's test may take this much longer than gold's slowest, and never less than the seconds after it. */
const SLOWER_THAN_GOLD = 20;
const LEAST_SECONDS_PER_TEST = 15;

/** An instance whose gold serves as the reference. */
export interface QualifiedInstance {
  readonly prepared: { readonly instance: Instance };
  readonly plan: TestPlan;
  readonly limits: TestLimits;
  readonly qualification: GoldQualification;
}

/** What the benchmark's tests say of a candidate. */
export interface CandidateTests {
  /** Null where the benchmark names no tests, or where gold passes none of those of the fix here. */
  readonly plausible: boolean | null;
  /** Of the tests that the benchmark names, or of its files where it names none. */
  readonly failures: readonly TestFailure[];
  /** Of tests in its files that it does not name although gold passes them. */
  readonly unlisted: readonly TestFailure[];
}

/**
 * Runs the benchmark's tests on the candidate; when some fail, again under another hash seed: a test counts as
 * failed only when it fails both times.
 * @param beforeRepeating ends what runs beside the tests, which may have made them fail
 * @throws Unjudgeable when they do not finish
 */
export async function runCandidateTests(
  { prepared: { instance }, plan, limits: { timeoutSeconds }, qualification: gold }: QualifiedInstance,
  side: Side,
  beforeRepeating: () => Promise<void>,
): Promise<CandidateTests> {
  const required = instance.failToPass.length + instance.passToPass.length > 0;
  const slowest = Math.max(
    ...gold.benchmark.flatMap(({ results }) => results.map(({ seconds }) => seconds)),
    0,
  );
  const secondsPerTest = Math.max(LEAST_SECONDS_PER_TEST, slowest * SLOWER_THAN_GOLD);
  const run = (hashSeed: number) =>
    runFiles(side, plan, plan.benchmark, hashSeed, { seconds: timeoutSeconds, secondsPerTest });
  const judge = (runs: readonly TestRun[]): CandidateTests => {
    if (!required)
      return { plausible: null, failures: developerFailures(gold.benchmark, runs), unlisted: [] };
    const failures = benchmarkFailures(instance, gold.benchmark, runs);
    const unlisted = unlistedFailures(instance, gold.benchmark, runs);
    const withoutFix = !instance.failToPass.some((id) => !gold.leftOut.includes(id));
    return { plausible: failures.length > 0 ? false : withoutFix ? null : true, failures, unlisted };
  };
  const first = await run(plan.seeds[0]);
  requireEnd(first, timeoutSeconds);
  const once = judge([first]);
  if (once.failures.length + once.unlisted.length === 0) return once;
  await beforeRepeating();
  return judge([first, await run(plan.seeds[1])]);
}

function requireEnd(run: TestRun, timeoutSeconds: number): void {
  if (run.ended === 'timeout' || run.results.some(({ status }) => status === 'timeout')) {
    throw new Unjudgeable(
      'candidate-timeout',
      `the candidate's tests did not finish (limit ${timeoutSeconds} s)`,
    );
  }
  if (run.ended === 'crashed')
    throw new Unjudgeable('candidate-crashed', `the test run died: ${endOf(run.output)}`);
}
