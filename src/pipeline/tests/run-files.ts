import type { TestRun } from '../../model/test-result.js';
import type { Side } from '../../observe/engine/engine.js';
import { runTests, type PlantedFile } from '../../observe/probe/test-run.js';
import { canaryFile } from './forgery/canary-file.js';
import { canaryAnswers, type GuardedRun } from './forgery/signs.js';
import type { TestPlan } from './test-plan.js';

const SECONDS_PER_TEST = 120;
const NO_RUN: GuardedRun = { results: [], ended: 'completed', seconds: 0, output: '', canaries: [] };

/** How long a run of test files may take. */
export interface RunLimits {
  readonly seconds: number;
  readonly secondsPerTest?: number;
}

/** Runs test files of a plan on one side, under one hash seed; no files, no run. */
export async function runFiles(
  side: Side,
  plan: TestPlan,
  files: readonly string[],
  hashSeed: number,
  limits: RunLimits,
  planted: readonly PlantedFile[] = [],
): Promise<TestRun> {
  if (files.length + planted.length === 0) return NO_RUN;
  const secondsPerTest = Math.min(limits.seconds, limits.secondsPerTest ?? SECONDS_PER_TEST);
  const { runner, importRoots } = plan;
  return runTests(side, { ...limits, runner, importRoots, files, secondsPerTest, hashSeed, planted });
}

/** Runs the benchmark's test files of a plan, as `runFiles`, beside canaries. */
export async function runGuarded(
  side: Side,
  plan: TestPlan,
  hashSeed: number,
  limits: RunLimits,
): Promise<GuardedRun> {
  const [first] = plan.benchmark;
  if (first === undefined) return NO_RUN;
  const canaries = canaryFile(first);
  const run = await runFiles(side, plan, plan.benchmark, hashSeed, limits, [canaries]);
  return { ...run, canaries: canaryAnswers(canaries, run) };
}
