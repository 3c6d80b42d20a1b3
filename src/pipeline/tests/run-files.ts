import type { TestRun } from '../../model/test-result.js';
import type { Side } from '../../observe/engine/engine.js';
import { runTests } from '../../observe/probe/test-run.js';
import type { TestPlan } from './test-plan.js';

const SECONDS_PER_TEST = 120;
const NO_RUN: TestRun = { results: [], ended: 'completed', seconds: 0, output: '' };

/** Runs test files of a plan on one side, under one hash seed; no files, no run. */
export async function runFiles(
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
