import type { Instance } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import { statusOf, unsatisfied, unstable } from './benchmark-tests.js';
import { namedTests } from './named-tests.js';

/** The benchmark's tests that no candidate is judged by. */
export interface LeftOutTests {
  /** Those that gold does not pass here, or not always. */
  readonly leftOut: readonly string[];
  /** Those of them that name no test that ran on gold: the id means nothing here, or the file does not load. */
  readonly unmatched: readonly string[];
}

/**
 * What gold fails or flakes on here, and a candidate is judged without: published rows name tests that need a network, a
 * time zone or a day long past. Where that leaves none of the tests of the fix, whether a candidate is plausible is not
 * known, and it is compared with gold all the same.
 *
 * @param runs gold's, under different hash seeds
 * @throws Unjudgeable when gold gives two answers to a test of the fix, and so may to everything
 */
export function testsLeftOut(instance: Instance, [first, second]: readonly [TestRun, TestRun]): LeftOutTests {
  const { failToPass, passToPass } = instance;
  if (failToPass.length + passToPass.length === 0) {
    const leftOut = unstable(first, second);
    if (leftOut.length > 0 && leftOut.length === first.results.length) throw flaky(leftOut);
    return { leftOut, unmatched: [] };
  }
  const leftOut = [...new Set([...unsatisfied(instance, first), ...unsatisfied(instance, second)])];
  const ofFix = leftOut.filter((id) => failToPass.includes(id));
  const changed = ofFix.filter((id) => statusOf(first, id) !== statusOf(second, id));
  if (changed.length > 0) throw flaky(changed);
  const unmatched = leftOut.filter((id) =>
    [first, second].every((run) => namedTests(run).find(id).length === 0),
  );
  return { leftOut, unmatched };
}

const flaky = (ids: readonly string[]): Unjudgeable =>
  new Unjudgeable('gold-flaky', `gold gave two answers to ${list(ids)}`);

const list = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;
