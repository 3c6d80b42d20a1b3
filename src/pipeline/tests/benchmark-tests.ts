import type { Instance } from '../../model/instance.js';
import { testKey, type TestResult, type TestRun, type TestStatus } from '../../model/test-result.js';
import type { TestFailure } from '../../model/verdict.js';
import { namedTests } from './named-tests.js';

/** Statuses that keep a PASS_TO_PASS; a FAIL_TO_PASS must not be skipped (the harness's rule). */
const KEEPS = new Set<TestStatus>(['passed', 'xfailed', 'skipped']);
const PASSES = new Set<TestStatus>(['passed', 'xfailed']);

/** The status of a test the benchmark names; `missing` when the run did not report it. */
export const statusOf = (run: TestRun, id: string): TestStatus => namedTests(run).statusOf(id);

/** The FAIL_TO_PASS and PASS_TO_PASS ids that this run does not satisfy. */
export function unsatisfied(instance: Instance, run: TestRun): string[] {
  return [
    ...instance.failToPass.filter((id) => !PASSES.has(statusOf(run, id))),
    ...instance.passToPass.filter((id) => !isKept(instance, statusOf(run, id))),
  ];
}

const isKept = ({ evalType }: Instance, status: TestStatus): boolean =>
  KEEPS.has(status) || (status === 'missing' && evalType === 'fail_only');

/** How a test ends that did not have to show anything: code under test can ask for that, too. */
const EXCUSED = new Set<TestStatus>(['skipped', 'xfailed']);

/** The tests that a run of a candidate does not satisfy, those that it excuses itself from although gold passes them among them. */
function unsatisfiedBy(instance: Instance, goldRuns: readonly TestRun[], run: TestRun): string[] {
  const missed = new Set(unsatisfied(instance, run));
  const named = [...instance.failToPass, ...instance.passToPass];
  const excused = named.filter(
    (id) => EXCUSED.has(statusOf(run, id)) && goldRuns.every((gold) => statusOf(gold, id) === 'passed'),
  );
  for (const id of excused) missed.add(id);
  return named.filter((id) => missed.has(id));
}

/** The benchmark's tests that gold satisfies in every run and the candidate in none. */
export function benchmarkFailures(
  instance: Instance,
  goldRuns: readonly [TestRun, ...TestRun[]],
  candidateRuns: readonly TestRun[],
): TestFailure[] {
  const wanting = new Set(goldRuns.flatMap((run) => unsatisfied(instance, run)));
  const [first, ...others] = candidateRuns.map((run) => unsatisfiedBy(instance, goldRuns, run));
  const always = (first ?? []).filter((id) => others.every((ids) => ids.includes(id)));
  return always
    .filter((id) => !wanting.has(id))
    .map((id) => failureOf(id, goldRuns[0], candidateRuns.at(-1)));
}

/** Tests of the benchmark's files that its lists do not name, that gold passed in every run and the candidate failed in every one. */
export function unlistedFailures(
  { failToPass, passToPass }: Pick<Instance, 'failToPass' | 'passToPass'>,
  goldRuns: readonly [TestRun, ...TestRun[]],
  candidateRuns: readonly TestRun[],
): TestFailure[] {
  const ofGold = namedTests(goldRuns[0]);
  const listed = new Set([...failToPass, ...passToPass].flatMap((id) => ofGold.find(id)).map(testKey));
  return developerFailures(goldRuns, candidateRuns).filter((failure) => !listed.has(testKey(failure)));
}

/** Tests that gold passed in every run and the candidate failed in every run. */
export function developerFailures(
  goldRuns: readonly TestRun[],
  candidateRuns: readonly TestRun[],
): TestFailure[] {
  const [gold] = goldRuns;
  if (!gold) return [];
  const [golds, candidates] = [goldRuns.map(statuses), candidateRuns.map(statuses)];
  return gold.results
    .filter((test) => golds.every((run) => run.get(testKey(test)) === 'passed'))
    .filter((test) => candidates.every((run) => failed(run.get(testKey(test)))))
    .map(({ id, file }) => failureOf(id, gold, candidateRuns.at(-1), file));
}

/** Tests whose status differs between two runs of the same side. */
export function unstable(first: TestRun, second: TestRun): string[] {
  return first.results
    .filter(({ id, file, status }) => (same(second, id, file)?.status ?? 'missing') !== status)
    .map(({ id }) => id);
}

const failed = (status: TestStatus | undefined): boolean => status === 'failed' || status === 'error';

/** The status of each test of a run; suites are too large to look each one up by going through them. */
const statuses = (run: TestRun): Map<string, TestStatus> =>
  new Map(run.results.map((result) => [testKey(result), result.status]));

const same = (run: TestRun, id: string, file: string): TestResult | undefined =>
  run.results.find((result) => result.id === id && result.file === file);

function failureOf(id: string, gold: TestRun, candidate: TestRun | undefined, file?: string): TestFailure {
  const locate = (run: TestRun) => (file === undefined ? namedTests(run).worst(id) : same(run, id, file));
  const result = candidate && locate(candidate);
  return {
    id,
    file: result?.file ?? locate(gold)?.file ?? '',
    gold: file === undefined ? statusOf(gold, id) : (locate(gold)?.status ?? 'missing'),
    candidate: result?.status ?? 'missing',
    ...(result?.message === undefined ? {} : { message: result.message }),
  };
}
