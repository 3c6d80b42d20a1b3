import type { SideTree } from '../../model/side.js';
import type { Target } from '../../model/target.js';
import type { TestResult } from '../../model/test-result.js';
import { Impact, type TestReach } from './impact.js';
import type { SuiteSurvey } from './suite.js';

/** Which developer tests can tell gold from the candidate: by the trace of the suite, else by what the seeds were seen to reach. */
export async function reachOfTests(
  { suite, trace }: SuiteSurvey,
  targets: readonly Target[],
  trees: { readonly base: SideTree; readonly gold: SideTree; readonly candidate: SideTree },
  seeds: { mayReach(test: TestResult): boolean },
): Promise<(test: TestResult) => TestReach> {
  if (suite === 'full') return () => 'possible';
  if (!trace) return (test) => (seeds.mayReach(test) ? 'possible' : 'none');
  const impact = await Impact.of(trace, targets, trees);
  return (test) => impact.reach(test);
}
