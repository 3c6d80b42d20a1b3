import type { Side } from '../../observe/engine/engine.js';
import type { DeveloperTests } from '../../model/suite.js';
import { testKey, type TestResult } from '../../model/test-result.js';
import type { TestFailure } from '../../model/verdict.js';
import { developerFailures } from './benchmark-tests.js';
import type { TestReach } from './impact.js';
import { runGroups, type SuiteSurvey } from './suite.js';
import type { TestPlan } from './test-plan.js';

/** What the developer tests say of a candidate. */
export interface DeveloperResult {
  readonly failures: readonly TestFailure[];
  readonly tests: DeveloperTests;
}

/**
 * Runs those developer tests that gold passes and that can tell the sides apart; those that enter changed code first. What
 * fails is repeated by itself under another hash seed, on gold too: a failure counts when the candidate fails both times and gold
 * passes both.
 */
export async function runDeveloperTests(
  plan: TestPlan,
  sides: { readonly gold: Side; readonly candidate: Side },
  survey: SuiteSurvey,
  seconds: number,
  reach: (test: TestResult) => TestReach,
): Promise<DeveloperResult> {
  const { groups } = survey;
  const passed = survey.results.filter(({ status }) => status === 'passed');
  const reached = passed.map((test) => ({ test, reach: reach(test) }));
  const ofReach = (kind: TestReach) => reached.filter((one) => one.reach === kind).map(({ test }) => test);
  const selected = [...ofReach('direct'), ...ofReach('possible')];
  const [hashSeed, anotherSeed] = plan.seeds;
  const direct = await runGroups(plan, sides.candidate, {
    groups,
    select: ofReach('direct'),
    hashSeed,
    seconds,
  });
  const possible = await runGroups(plan, sides.candidate, {
    groups,
    select: ofReach('possible'),
    hashSeed,
    seconds: seconds - direct.seconds,
  });
  const first = { ...direct, results: [...direct.results, ...possible.results] };
  const run = countRun(selected, first.results);
  const tests = {
    suite: survey.suite,
    run,
    of: passed.length,
    cut: selected.length - run,
    files: survey.files,
  };
  const gold = { ...first, results: selected };
  const failing = new Set(developerFailures([gold], [first]).map(testKey));
  if (failing.size === 0) return { failures: [], tests };
  const select = selected.filter((test) => failing.has(testKey(test)));
  const again = (side: Side) => runGroups(plan, side, { groups, select, hashSeed: anotherSeed, seconds });
  const second = await again(sides.candidate);
  if (developerFailures([gold], [first, second]).length === 0) return { failures: [], tests };
  const goldAgain = await again(sides.gold);
  return { failures: developerFailures([gold, goldAgain], [first, second]), tests };
}

function countRun(selected: readonly TestResult[], results: readonly TestResult[]): number {
  const ran = new Set(results.map(testKey));
  return selected.filter((test) => ran.has(testKey(test))).length;
}
