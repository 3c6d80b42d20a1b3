import type { Instance } from '../../model/instance.js';
import { endOf, Unjudgeable } from '../../model/unjudgeable.js';
import type { TestRun } from '../../model/test-result.js';
import type { ForgerySign, TestFailure } from '../../model/verdict.js';
import type { Side } from '../../observe/engine/engine.js';
import { benchmarkFailures, developerFailures, unlistedFailures } from './benchmark-tests.js';
import { signsOfForgery, type GuardedRun } from './forgery/signs.js';
import type { GoldQualification } from './qualify-gold.js';
import { runGuarded } from './run-files.js';
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
  /** What shows that no session's results are those of its tests; nothing else is said then. */
  readonly forged: readonly ForgerySign[];
}

/**
 * Runs the benchmark's tests on the candidate; when some fail, or the session was tampered with, again under another hash
 * seed: a test counts as failed only when it fails both times. What a session says that was tampered with counts for nothing.
 * @param beforeRepeating ends what runs beside the tests, which may have made them fail
 * @throws Unjudgeable when they do not finish
 */
export async function runCandidateTests(
  { prepared: { instance }, plan, limits: { timeoutSeconds }, qualification: gold }: QualifiedInstance,
  side: Side,
  beforeRepeating: () => Promise<void>,
): Promise<CandidateTests> {
  const required = instance.failToPass.length + instance.passToPass.length > 0;
  const seconds = timeoutSeconds;
  const secondsPerTest = secondsForTest(gold);
  const run = (hashSeed: number) => runGuarded(side, plan, hashSeed, { seconds, secondsPerTest });
  const judge = (runs: readonly TestRun[]): Omit<CandidateTests, 'forged'> => {
    if (!required)
      return { plausible: null, failures: developerFailures(gold.benchmark, runs), unlisted: [] };
    const failures = benchmarkFailures(instance, gold.benchmark, runs);
    const unlisted = unlistedFailures(instance, gold.benchmark, runs);
    const withoutFix = !instance.failToPass.some((id) => !gold.leftOut.includes(id));
    return { plausible: failures.length > 0 ? false : withoutFix ? null : true, failures, unlisted };
  };
  const signsOf = (one: GuardedRun) =>
    signsOfForgery(one, gold.benchmark, judge([one]).failures.length === 0);
  const first = await run(plan.seeds[0]);
  const signs = signsOf(first);
  if (signs.length === 0) requireEnd(first, timeoutSeconds);
  const once = judge([first]);
  if (signs.length + once.failures.length + once.unlisted.length === 0) return { ...once, forged: [] };
  await beforeRepeating();
  const second = await run(plan.seeds[1]);
  const again = signsOf(second);
  if (signs.length > 0 && again.length === 0) requireEnd(second, timeoutSeconds);
  const honest = [...(signs.length > 0 ? [] : [first]), ...(again.length > 0 ? [] : [second])];
  if (honest.length > 0) return { ...judge(honest), forged: [] };
  const known = new Set(signs.map(({ canary }) => canary));
  const forged = [...signs, ...again.filter(({ canary }) => !known.has(canary))].sort(byCanary);
  return { plausible: false, failures: [], unlisted: [], forged };
}

/** The order of canaries in a session is random, that in a record is not. */
const byCanary = (one: ForgerySign, other: ForgerySign): number => (one.canary < other.canary ? -1 : 1);

/** How long one test of a candidate may take. */
function secondsForTest({ benchmark }: GoldQualification): number {
  const all = benchmark.flatMap(({ results }) => results.map(({ seconds }) => seconds));
  return Math.max(LEAST_SECONDS_PER_TEST, Math.max(...all, 0) * SLOWER_THAN_GOLD);
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
