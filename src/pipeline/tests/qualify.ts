import type { Side } from '../../observe/engine/engine.js';
import type { Instance } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import type { TestFailure } from '../../model/verdict.js';
import { runTests } from '../../observe/probe/test-run.js';
import { benchmarkFailures, developerFailures, statusOf } from './benchmark-tests.js';
import type { Suite } from '../../model/suite.js';
import { testsLeftOut } from './left-out.js';
import { HASH_SEEDS } from '../../model/options.js';
import type { TestPlan } from './test-plan.js';
import { endOf, Unjudgeable } from '../../model/unjudgeable.js';

const SECONDS_PER_TEST = 120;
/** Gold sets the measure: a slow test of its own is slow, not stuck. */
const SECONDS_PER_GOLD_TEST = 600;
/** A candidate's test may take this much longer than gold's slowest, and never less than the seconds after it. */
const SLOWER_THAN_GOLD = 20;
const LEAST_SECONDS_PER_TEST = 15;
const NO_RUN: TestRun = { results: [], ended: 'completed', seconds: 0, output: '' };

/** How gold does on the benchmark's tests; once for an instance. */
export interface GoldQualification {
  /** Two runs, under different hash seeds. */
  readonly benchmark: readonly [TestRun, TestRun];
  /** The benchmark's tests that gold does not pass here, or not always: no candidate is judged by them. */
  readonly leftOut: readonly string[];
  /** Those of FAIL_TO_PASS that base passes too. */
  readonly passOnBase: readonly string[];
}

/** One run of the benchmark's tests on each side that no candidate has a part in. */
export interface ReferenceRuns {
  readonly gold: TestRun;
  readonly base: TestRun;
}

/** How long test runs may take. */
export interface TestLimits {
  readonly timeoutSeconds: number;
  readonly suite: Suite;
  /** For the developer tests the benchmark does not run, on each side; what was reported by then counts. */
  readonly developerSeconds: number;
}

/**
 * Runs the benchmark's tests on gold and on base, once each.
 * @throws Unjudgeable when gold does not finish
 */
export async function runReferences(
  plan: TestPlan,
  sides: { readonly base: Side; readonly gold: Side },
  limits: TestLimits,
): Promise<ReferenceRuns> {
  const seconds = limits.timeoutSeconds;
  const [gold, base] = await Promise.all([
    runGold(plan, sides.gold, HASH_SEEDS[0], seconds),
    runFiles(sides.base, plan, plan.benchmark, HASH_SEEDS[0], { seconds }),
  ]);
  if (gold.ended === 'timeout') throw new Unjudgeable('gold-timeout', `gold's tests took over ${seconds} s`);
  return { gold, base };
}

/**
 * Runs gold again, under another hash seed, and says whether it can serve as a reference.
 * @throws Unjudgeable when gold fails or flakes on the tests of the fix: then nothing can be said of any candidate.
 */
export async function qualifyGold(
  { instance, plan, limits }: { instance: Instance; plan: TestPlan; limits: TestLimits },
  gold: Side,
  first: ReferenceRuns,
): Promise<GoldQualification> {
  const second = await runGold(plan, gold, HASH_SEEDS[1], limits.timeoutSeconds);
  const benchmark = [first.gold, second] as const;
  return {
    benchmark,
    leftOut: testsLeftOut(instance, plan.benchmark, benchmark),
    passOnBase: instance.failToPass.filter((id) => statusOf(first.base, id) === 'passed'),
  };
}

const runGold = (plan: TestPlan, gold: Side, hashSeed: number, seconds: number): Promise<TestRun> =>
  runFiles(gold, plan, plan.benchmark, hashSeed, { seconds, secondsPerTest: SECONDS_PER_GOLD_TEST });

/**
 * Runs the benchmark's tests on the candidate; when some fail, again under another hash seed: a test counts as
 * failed only when it fails both times.
 * @param beforeRepeating ends what runs beside the tests, which may have made them fail
 * @throws Unjudgeable when they do not finish
 */
export async function runBenchmarkTests(
  instance: Instance,
  plan: TestPlan,
  side: Side,
  gold: GoldQualification,
  { timeoutSeconds }: TestLimits,
  beforeRepeating: () => Promise<void>,
): Promise<{ readonly plausible: boolean | null; readonly failures: readonly TestFailure[] }> {
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

async function runFiles(
  side: Side,
  plan: TestPlan,
  files: readonly string[],
  hashSeed: number,
  limits: { readonly seconds: number; readonly secondsPerTest?: number },
): Promise<TestRun> {
  if (files.length === 0) return NO_RUN;
  const secondsPerTest = Math.min(limits.seconds, limits.secondsPerTest ?? SECONDS_PER_TEST);
  const { runner, importRoots } = plan;
  return runTests(side, { ...limits, runner, importRoots, files, secondsPerTest, hashSeed });
}
