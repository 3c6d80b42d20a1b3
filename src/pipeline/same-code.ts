import type { Prediction } from '../model/instance.js';
import type { SideTree } from '../model/side.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import { Budget } from '../platform/budget.js';
import { announce } from './context/announce.js';
import type { AuditContext } from './context/audit-context.js';
import type { OpenInstance } from './instance.js';
import { pairSeconds, type PairTime } from './judge/pair-seconds.js';
import type { Findings } from './judge/record.js';
import { runCandidateTests } from './tests/candidate-tests.js';

/**
 * Runs the benchmark's tests once on a candidate whose code reads as gold's: what the interpreter and the test runner load may
 * be something else. Null when the tests do not say of it what they say of gold; then it is to be audited as any other.
 */
export async function auditSameCode(
  instance: OpenInstance,
  { instanceId, model }: Prediction,
  tree: SideTree,
  context: AuditContext,
): Promise<Findings | null> {
  announce(context, instanceId, model, 'candidate tests');
  const time: PairTime = new Budget();
  const tests = await time.spend('total', () => time.spend('tests', () => testsOf(instance, tree)));
  if (tests === null || tests.plausible === false) return null;
  if (tests.failures.length + tests.unlisted.length + tests.forged.length > 0) return null;
  const { leftOut, unmatched, passOnBase } = instance.qualification;
  return {
    verdict: { outcome: 'consistent', identical: true },
    plausible: tests.plausible,
    ...{ leftOut, unmatched, passOnBase },
    seconds: pairSeconds(time, instance.seconds),
  };
}

async function testsOf(instance: OpenInstance, tree: SideTree) {
  const side = await instance.prepared.open(tree);
  try {
    return await runCandidateTests(instance, side, () => Promise.resolve());
  } catch (error) {
    if (error instanceof Unjudgeable) return null;
    throw error;
  } finally {
    await side.dispose();
  }
}
