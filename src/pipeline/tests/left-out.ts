import type { Instance } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { statusOf, unsatisfied, unstable } from './benchmark-tests.js';
import { endOf, Unjudgeable } from '../../model/unjudgeable.js';

/** The share of PASS_TO_PASS that gold may fail before the environment, not a test, is at fault. */
const MOST_LEFT_OUT = 0.25;

/**
 * What gold fails or flakes on here and a candidate can be judged without. Published rows name tests that need a
 * network, a time zone or a day long past; the tests of the fix itself must pass, and most of the others.
 *
 * @param files the test files that were run
 * @param runs gold's, under different hash seeds
 * @throws Unjudgeable when no test ran, or those fail that no judgement can do without
 */
export function testsLeftOut(
  instance: Instance,
  files: readonly string[],
  [first, second]: readonly [TestRun, TestRun],
): string[] {
  const { failToPass, passToPass } = instance;
  const named = failToPass.length + passToPass.length > 0;
  if (!named && files.length === 0) return [];
  if (first.results.length === 0)
    throw new Unjudgeable('no-tests-ran', `gold ran no test: ${endOf(first.output)}`);
  if (!named) {
    const flaky = unstable(first, second);
    if (flaky.length === first.results.length)
      throw new Unjudgeable('gold-flaky', `gold gave two answers to ${list(flaky)}`);
    return flaky;
  }
  const wanting = [...new Set([...unsatisfied(instance, first), ...unsatisfied(instance, second)])];
  const changed = wanting.filter((id) => statusOf(first, id) !== statusOf(second, id));
  const needed = wanting.filter((id) => failToPass.includes(id));
  const tooMany = wanting.length > passToPass.length * MOST_LEFT_OUT;
  const against = needed.length > 0 ? needed : tooMany ? wanting : [];
  if (against.length === 0) return wanting;
  if (against.every((id) => changed.includes(id)))
    throw new Unjudgeable('gold-flaky', `gold gave two answers to ${list(against)}`);
  throw new Unjudgeable('gold-fails-its-tests', `gold does not pass ${list(against)}`);
}

const list = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;
