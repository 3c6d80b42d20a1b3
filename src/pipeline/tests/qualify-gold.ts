import type { Instance } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import type { Side } from '../../observe/engine/engine.js';
import { statusOf } from './benchmark-tests.js';
import { testsLeftOut } from './left-out.js';
import type { GuardedRun } from './forgery/signs.js';
import { runFiles, runGuarded } from './run-files.js';
import type { TestLimits } from './test-limits.js';
import type { TestPlan } from './test-plan.js';

/** Gold sets the measure: a slow test of its own is slow, not stuck. */
const SECONDS_PER_GOLD_TEST = 600;

/** How gold does on the benchmark's tests; once for an instance. */
export interface GoldQualification {
  /** Two runs, under different hash seeds. */
  readonly benchmark: readonly [GuardedRun, GuardedRun];
  /** The benchmark's tests that gold does not pass here, or not always: no candidate is judged by them. */
  readonly leftOut: readonly string[];
  /** Those of them that name no test that ran on gold. */
  readonly unmatched: readonly string[];
  /** Those of FAIL_TO_PASS that base passes too. */
  readonly passOnBase: readonly string[];
}

/** One run of the benchmark's tests on each side that no candidate has a part in. */
export interface ReferenceRuns {
  readonly gold: GuardedRun;
  readonly base: TestRun;
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
    runGold(plan, sides.gold, plan.seeds[0], seconds),
    runFiles(sides.base, plan, plan.benchmark, plan.seeds[0], { seconds }),
  ]);
  if (gold.ended === 'timeout') throw new Unjudgeable('gold-timeout', `gold's tests took over ${seconds} s`);
  return { gold, base };
}

/**
 * Runs gold again, under another hash seed, and says whether it can serve as a reference.
 * @throws Unjudgeable when gold flakes on all tests of the fix: then nothing can be said of any candidate.
 */
export async function qualifyGold(
  { instance, plan, limits }: { instance: Instance; plan: TestPlan; limits: TestLimits },
  gold: Side,
  first: ReferenceRuns,
): Promise<GoldQualification> {
  const second = await runGold(plan, gold, plan.seeds[1], limits.timeoutSeconds);
  const benchmark = [first.gold, second] as const;
  return {
    benchmark,
    ...testsLeftOut(instance, benchmark),
    passOnBase: instance.failToPass.filter((id) => statusOf(first.base, id) === 'passed'),
  };
}

const runGold = (plan: TestPlan, gold: Side, hashSeed: number, seconds: number): Promise<GuardedRun> =>
  runGuarded(gold, plan, hashSeed, { seconds, secondsPerTest: SECONDS_PER_GOLD_TEST });
