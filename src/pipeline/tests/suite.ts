import type { Side } from '../../observe/engine/engine.js';
import type { Suite, SuiteFiles } from '../../model/suite.js';
import type { TestResult, TestRun } from '../../model/test-result.js';
import { runTests } from '../../observe/probe/test-run.js';
import { TraceBook } from '../../observe/probe/trace-book.js';
import { secondsFromNow } from '../../platform/budget.js';
import type { TestPlan } from './test-plan.js';

const SECONDS_PER_TEST = 120;
/** Files run together: enough to share the imports, few enough that one that breaks its run takes few along. */
const FILES_AT_ONCE = 32;

/** Gold's run of the developer tests, once for an instance. */
export interface SuiteSurvey {
  readonly suite: Suite;
  readonly results: readonly TestResult[];
  /** Test files as they were run: those that share a process on gold share one on the candidate. */
  readonly groups: readonly (readonly string[])[];
  /** What each test entered; absent unless the suite is `impacted`. */
  readonly trace: TraceBook | null;
  readonly files: SuiteFiles;
  /** Seconds for the files near the targets. */
  readonly relatedSeconds: number;
  /** Seconds for everything. */
  readonly seconds: number;
}

/** What to run of a suite. */
export interface GroupRun {
  readonly groups: readonly (readonly string[])[];
  readonly select?: readonly TestResult[];
  readonly hashSeed: number;
  /** For everything together. */
  readonly seconds: number;
  readonly trace?: TraceBook;
}

/**
 * Runs the developer tests on gold: those near the targets first, then (unless only those are wanted) all others, as far
 * as the time allows.
 */
export async function surveySuite(
  plan: TestPlan,
  gold: Side,
  suite: Suite,
  seconds: number,
): Promise<SuiteSurvey> {
  const related = plan.developer.length > 0 ? [plan.developer] : [];
  const rest = suite === 'related' ? [] : chunks(plan.rest);
  const trace = suite === 'impacted' ? new TraceBook() : null;
  const settings = { hashSeed: plan.seeds[0], ...(trace && { trace }) };
  const first = await runGroups(plan, gold, { ...settings, groups: related, seconds });
  const second = await runGroups(plan, gold, { ...settings, groups: rest, seconds: seconds - first.seconds });
  return {
    suite,
    results: [...first.results, ...second.results],
    groups: [...first.groups, ...second.groups],
    trace,
    files: { run: first.finished + second.finished, of: plan.developer.length + plan.rest.length },
    relatedSeconds: first.seconds,
    seconds: first.seconds + second.seconds,
  };
}

/** A run of several groups, each in a process of its own. */
export interface GroupResult extends TestRun {
  /** Files run to their end. */
  readonly finished: number;
  readonly groups: GroupRun['groups'];
}

/** Runs groups one after the other until the time is up. One that breaks before its first test is run as two. */
export async function runGroups(plan: TestPlan, side: Side, wanted: GroupRun): Promise<GroupResult> {
  const { select, hashSeed, seconds, trace } = wanted;
  const limit = secondsFromNow(seconds);
  const elapsed = () => seconds - limit.left;
  const results: TestResult[] = [];
  let finished = 0;
  let ended: TestRun['ended'] = 'completed';
  let output = '';
  const waiting = [...wanted.groups];
  const groups: (readonly string[])[] = [];
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    const tests = select && testsOf(group, select);
    const files = tests ? group.filter((file) => tests.some((test) => test.file === file)) : group;
    if (files.length === 0) continue;
    const { left } = limit;
    if (left < 1) {
      ended = 'timeout';
      break;
    }
    const { runner, importRoots } = plan;
    const run = await runTests(side, {
      runner,
      importRoots,
      files,
      select: tests && [...new Set(tests.map(({ id }) => id))],
      seconds: left,
      secondsPerTest: Math.min(left, SECONDS_PER_TEST),
      hashSeed,
      trace,
    });
    const half = Math.ceil(files.length / 2);
    if (run.ended === 'crashed' && run.results.length === 0 && half < files.length) {
      waiting.unshift(files.slice(0, half), files.slice(half));
      continue;
    }
    groups.push(files);
    results.push(...run.results);
    finished += run.ended === 'completed' ? files.length : begun(run) - 1;
    if (run.ended !== 'completed') ({ ended, output } = run);
  }
  return { results, ended, seconds: elapsed(), output, finished, groups };
}

const testsOf = (group: readonly string[], tests: readonly TestResult[]): TestResult[] => {
  const files = new Set(group);
  return tests.filter(({ file }) => files.has(file));
};

/** Files with results; the last of them was not run to its end. */
const begun = ({ results }: TestRun): number => Math.max(1, new Set(results.map(({ file }) => file)).size);

function chunks(files: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(files.length / FILES_AT_ONCE);
  return Array.from({ length: count }, (_, index) =>
    files.slice(index * FILES_AT_ONCE, (index + 1) * FILES_AT_ONCE),
  );
}
