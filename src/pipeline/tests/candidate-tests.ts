import type { Instance } from '../../model/instance.js';
import { HASH_SEEDS } from '../../model/options.js';
import type { TestRun } from '../../model/test-result.js';
import { endOf, Unjudgeable } from '../../model/unjudgeable.js';
import type { TestFailure } from '../../model/verdict.js';
import type { Side } from '../../observe/engine/engine.js';
import { benchmarkFailures, developerFailures } from './benchmark-tests.js';
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
  /** Null where the benchmark names no tests. */
  readonly plausible: boolean | null;
  readonly failures: readonly TestFailure[];
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
  const failuresOf = (runs: readonly TestRun[]) =>
    required ? benchmarkFailures(instance, gold.benchmark, runs) : developerFailures(gold.benchmark, runs);
  const first = await run(HASH_SEEDS[0]);
  requireEnd(first, timeoutSeconds);
  if (failuresOf([first]).length === 0) return { plausible: required ? true : null, failures: [] };
  await beforeRepeating();
  const failures = failuresOf([first, await run(HASH_SEEDS[1])]);
  return { plausible: required ? failures.length === 0 : null, failures };
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
