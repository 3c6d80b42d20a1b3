import type { SteeringFile } from '../../change/steering.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import type { TestFailure, TestSteering } from '../../model/verdict.js';
import type { Side } from '../../observe/engine/engine.js';
import { runCandidateTests, type CandidateTests, type QualifiedInstance } from './candidate-tests.js';

/** What the benchmark's tests say of a candidate, with gold's steering files and with its own. */
export interface SteeredTests extends CandidateTests {
  readonly steering: TestSteering;
  /** The session of which `forged` speaks. */
  readonly session: 'gold-files' | 'own-files';
}

/** The sides that the tests are run on. */
export interface TestSides {
  /** With the files that steer tests as gold has them. */
  readonly tested: Side;
  /** With the candidate's own; null where these cannot change what the tests say. */
  readonly own: (() => Promise<Side>) | null;
}

/**
 * Runs the benchmark's tests with the files that steer them as gold has them and, where the candidate changes such files, as
 * it has them, which is what the benchmark's harness runs: a candidate is plausible when it passes both ways.
 * @throws Unjudgeable as `runCandidateTests`
 */
export async function runSteeredTests(
  instance: QualifiedInstance,
  sides: TestSides,
  steering: readonly SteeringFile[],
  beforeRepeating: () => Promise<void>,
): Promise<SteeredTests> {
  const files = steering.map(({ file, kind }) => ({ file, kind }));
  const tests = await runCandidateTests(instance, sides.tested, beforeRepeating);
  const alone = { ...tests, session: 'gold-files', steering: { files, withOwn: 'not-run' } } as const;
  if (sides.own === null || tests.forged.length > 0) return alone;
  const own = await runCandidateTests(instance, await sides.own(), beforeRepeating).catch((error: unknown) =>
    brokenBy(instance, error),
  );
  if (own.forged.length > 0)
    return {
      ...tests,
      plausible: false,
      forged: own.forged,
      session: 'own-files',
      steering: { files, withOwn: 'passes' },
    };
  if (tests.plausible === false)
    return { ...alone, steering: { files, withOwn: own.plausible === false ? 'same' : 'passes' } };
  if (own.failures.length === 0) return { ...alone, steering: { files, withOwn: 'same' } };
  return { ...own, session: 'own-files', steering: { files, withOwn: 'fails' } };
}

/** Of tests that do not come to an end with the candidate's files, and do with gold's: that they are missing. */
function brokenBy(
  { prepared: { instance }, qualification }: QualifiedInstance,
  error: unknown,
): CandidateTests {
  if (!(error instanceof Unjudgeable)) throw error;
  const failures: TestFailure[] = [...instance.failToPass, ...instance.passToPass]
    .filter((id) => !qualification.leftOut.includes(id))
    .map((id) => ({ id, file: '', gold: 'passed', candidate: 'missing', message: error.detail }));
  return { plausible: failures.length > 0 ? false : null, failures, unlisted: [], forged: [] };
}
