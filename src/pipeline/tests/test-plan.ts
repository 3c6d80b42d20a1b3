import path from 'node:path';
import { topLevelPackages } from '../../python/module-name.js';
import { rankTestFiles } from '../../change/test-files.js';
import { suiteFiles } from '../../change/suite-files.js';
import { touchedTestFiles } from '../../trees/patch/test-files.js';
import type { Instance, TestRunner } from '../../model/instance.js';
import { EARLIER_SEEDS, type RunSeeds } from '../../model/options.js';
import type { Target } from '../../model/target.js';

/** The test files of one instance, by what they are for. */
export interface TestPlan {
  readonly runner: TestRunner | 'auto';
  /** Folders of the tree that the changed code and the tests import from: the tree itself, its `src`. */
  readonly importRoots: readonly string[];
  /** Those the benchmark runs: touched by the test patch or named by FAIL_TO_PASS and PASS_TO_PASS. */
  readonly benchmark: readonly string[];
  /** Further developer tests that are likely to reach the changed code, most likely first. */
  readonly developer: readonly string[];
  /** All other developer tests of the tree. */
  readonly rest: readonly string[];
  /** Seeds that the tests are run under. */
  readonly seeds: RunSeeds;
}

/** Repositories whose tests need a runner of their own. */
const RUNNERS: Readonly<Record<string, TestRunner>> = { 'sympy/sympy': 'sympy', 'django/django': 'django' };

/** Decides which test files to run on gold's tree and its siblings. `extra` are files the user named. */
export async function planTests(
  instance: Instance,
  directory: string,
  targets: readonly Target[],
  limit: number,
  extra: readonly string[],
  seeds: RunSeeds = EARLIER_SEEDS,
): Promise<TestPlan> {
  const touched = touchedTestFiles(instance.testPatch);
  const named = [...instance.failToPass, ...instance.passToPass].flatMap(
    (id) => /^([^:\s]+\.py)::/.exec(id)?.[1] ?? [],
  );
  const benchmark = [...new Set([...touched, ...named, ...extra.map((file) => path.posix.normalize(file))])];
  const ranked = await rankTestFiles({
    directory,
    testPatchFiles: benchmark,
    targets,
    limit: benchmark.length + limit,
  });
  const developer = ranked
    .map(({ file }) => file)
    .filter((file) => !benchmark.includes(file))
    .slice(0, limit);
  return {
    runner: instance.testRunner ?? RUNNERS[instance.repo] ?? 'auto',
    importRoots: topLevelPackages(
      directory,
      targets.map(({ file }) => file),
    ).importRoots,
    seeds,
    benchmark,
    developer,
    rest: (await suiteFiles(directory)).filter(
      (file) => !benchmark.includes(file) && !developer.includes(file),
    ),
  };
}
