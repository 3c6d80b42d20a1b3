import type { Side } from '../engine/engine.js';
import type { Instance } from '../model/instance.js';
import type { TestRun } from '../model/test-result.js';
import type { TestFailure } from '../model/verdict.js';
import { runTests } from '../probe/test-run.js';
import { benchmarkFailures, developerFailures, statusOf, unsatisfied, unstable } from './benchmark-tests.js';
import { HASH_SEEDS } from './options.js';
import type { TestPlan } from './test-plan.js';
import { Unjudgeable } from './unjudgeable.js';

const SECONDS_PER_TEST = 120;

/** How gold does on its own tests, and the developer tests run beside them; once for an instance. */
export interface GoldQualification {
  /** Two runs, under different hash seeds. */
  readonly benchmark: readonly [TestRun, TestRun];
  readonly base: TestRun;
  readonly developer: readonly TestRun[];
  /** Seconds of one run of the benchmark's test files: the bare cost that a pair is measured against. */
  readonly bareSeconds: number;
}

/** How long test runs may take. */
export interface TestLimits {
  readonly timeoutSeconds: number;
  /** For the developer tests the benchmark does not run; what was reported by then counts. */
  readonly developerSeconds: number;
}

/**
 * Runs gold twice and base once.
 * @throws Unjudgeable when gold fails, flakes or does not finish: then nothing can be said of any candidate.
 */
export async function qualifyGold(
  instance: Instance,
  plan: TestPlan,
  sides: { readonly base: Side; readonly gold: Side },
  limits: TestLimits,
): Promise<GoldQualification> {
  const run = (side: Side, hashSeed: number) =>
    runFiles(side, plan, plan.benchmark, hashSeed, limits.timeoutSeconds);
  const [first, base] = await Promise.all([run(sides.gold, HASH_SEEDS[0]), run(sides.base, HASH_SEEDS[0])]);
  if (first.ended === 'timeout')
    throw new Unjudgeable('gold-timeout', `gold's tests took over ${limits.timeoutSeconds} s`);
  const developerRun = (hashSeed: number) =>
    runFiles(sides.gold, plan, plan.developer, hashSeed, limits.developerSeconds);
  const [second, developer] = await Promise.all([
    run(sides.gold, HASH_SEEDS[1]),
    developerRun(HASH_SEEDS[0]),
  ]);
  requireSound(instance, plan, first, second);
  return { benchmark: [first, second], base, developer: [developer], bareSeconds: first.seconds };
}

function requireSound(instance: Instance, plan: TestPlan, first: TestRun, second: TestRun): void {
  const required = [...instance.failToPass, ...instance.passToPass];
  if (required.length === 0 && plan.benchmark.length === 0) return;
  if (first.results.length === 0)
    throw new Unjudgeable('no-tests-ran', `gold ran no test: ${tail(first.output)}`);
  const flaky =
    required.length > 0
      ? required.filter((id) => statusOf(first, id) !== statusOf(second, id))
      : unstable(first, second);
  if (flaky.length > 0) throw new Unjudgeable('gold-flaky', `gold gave two answers to ${list(flaky)}`);
  const failing = unsatisfied(instance, first);
  if (failing.length > 0)
    throw new Unjudgeable('gold-fails-its-tests', `gold does not pass ${list(failing)}`);
}

/** What the candidate's tests say. */
export interface CandidateQualification {
  readonly plausible: boolean | null;
  readonly benchmarkFailures: readonly TestFailure[];
  readonly developerFailures: readonly TestFailure[];
}

/**
 * Runs the benchmark's tests and the developer tests on the candidate; what fails is run again under another
 * hash seed and counts only when it fails both times.
 * @throws Unjudgeable when the benchmark's tests do not finish.
 */
export async function qualifyCandidate(
  instance: Instance,
  plan: TestPlan,
  side: Side,
  gold: GoldQualification,
  limits: TestLimits,
): Promise<CandidateQualification> {
  const repeatWhenFailing = async (
    files: readonly string[],
    seconds: number,
    failures: (runs: readonly TestRun[]) => readonly TestFailure[],
  ): Promise<readonly TestFailure[]> => {
    if (files.length === 0) return [];
    const first = await runFiles(side, plan, files, HASH_SEEDS[0], seconds);
    if (files === plan.benchmark) requireEnd(first, limits);
    if (failures([first]).length === 0) return [];
    return failures([first, await runFiles(side, plan, files, HASH_SEEDS[1], seconds)]);
  };
  const required = instance.failToPass.length + instance.passToPass.length > 0;
  const failing = await repeatWhenFailing(plan.benchmark, limits.timeoutSeconds, (runs) =>
    required ? benchmarkFailures(instance, gold.benchmark[0], runs) : developerFailures(gold.benchmark, runs),
  );
  if (required && failing.length > 0)
    return { plausible: false, benchmarkFailures: failing, developerFailures: [] };
  const developer = await repeatWhenFailing(plan.developer, limits.developerSeconds, (runs) =>
    developerFailures(gold.developer, runs),
  );
  return {
    plausible: required ? true : null,
    benchmarkFailures: [],
    developerFailures: [...(required ? [] : failing), ...developer],
  };
}

function requireEnd(run: TestRun, { timeoutSeconds }: TestLimits): void {
  if (run.ended === 'timeout' || run.results.some(({ status }) => status === 'timeout')) {
    throw new Unjudgeable(
      'candidate-timeout',
      `the candidate's tests did not finish (limit ${timeoutSeconds} s)`,
    );
  }
  if (run.ended === 'crashed')
    throw new Unjudgeable('candidate-crashed', `the test run died: ${tail(run.output)}`);
}

async function runFiles(
  side: Side,
  plan: TestPlan,
  files: readonly string[],
  hashSeed: number,
  seconds: number,
): Promise<TestRun> {
  if (files.length === 0) return { results: [], ended: 'completed', seconds: 0, output: '' };
  return runTests(side, {
    runner: plan.runner,
    files,
    secondsPerTest: Math.min(seconds, SECONDS_PER_TEST),
    seconds,
    hashSeed,
  });
}

const tail = (text: string): string => text.trim().split('\n').slice(-3).join(' | ').slice(-300);

const list = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;
