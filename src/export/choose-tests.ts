import { GRADES, type Grade } from '../model/divergence.js';
import type { PairRecord } from '../model/verdict.js';
import { portableTest, type PortableTest } from './portable-test.js';

/** Why a divergence gave no test to a dataset. */
export type LeftOutReason =
  | 'below-grade'
  | 'never-exported'
  | 'no-test'
  | 'no-test-file'
  | 'unknown-runner'
  | 'unknown-command'
  | 'prints'
  | 'already-there'
  | 'no-row';

/** A divergence that gave no test to a dataset. */
export interface LeftOut {
  readonly instanceId: string;
  readonly model: string;
  readonly divergence: string;
  readonly grade: Grade;
  readonly reason: LeftOutReason;
}

/** What a run has to give to a dataset: tests by instance, the strongest evidence first, and what is held back. */
export interface ChosenTests {
  readonly tests: ReadonlyMap<string, readonly PortableTest[]>;
  readonly leftOut: readonly LeftOut[];
}

/** Grades of test runs, which no input has. */
const OF_TEST_RUNS: readonly Grade[] = [
  'forged-tests',
  'behaves-differently-when-observed',
  'fails-benchmark-tests',
  'fails-developer-tests',
];

/**
 * Grades that a benchmark must not hold against a patch, whatever the user asks for: what shows only through
 * private names or on inputs that nobody writes, what depends on the speed of the machine or on the last digits of
 * numbers, and what gold itself may have wrong; and what would end the test session.
 */
const NEVER: readonly Grade[] = [
  'internal',
  'contrived',
  'not-told-apart',
  'far-slower',
  'gold-suspect',
  'different-rounding',
  'dies-where-gold-answers',
];

/** Grades of inputs that `minGrade` may be, strongest first. */
export const EXPORT_GRADES: readonly Grade[] = GRADES.filter(
  (grade) => !NEVER.includes(grade) && !OF_TEST_RUNS.includes(grade),
);

/** The tests of all divergences that are graded `minGrade` or stronger; equal ones are one. */
export function chooseTests(records: readonly PairRecord[], minGrade: Grade): ChosenTests {
  const chosen = new Map<string, Map<string, PortableTest>>();
  const leftOut: LeftOut[] = [];
  for (const { instanceId, model, divergences } of records) {
    const own = chosen.get(instanceId) ?? new Map<string, PortableTest>();
    chosen.set(instanceId, own);
    for (const divergence of divergences) {
      const { id, grade } = divergence;
      const test = portableTest(divergence, model);
      const reason = reasonAgainst(grade, minGrade) ?? (test === null ? 'no-test' : null);
      if (test !== null && reason === null) own.set(test.name, merged(own.get(test.name), test));
      else leftOut.push({ instanceId, model, divergence: id, grade, reason: reason ?? 'no-test' });
    }
  }
  const tests = [...chosen].map(
    ([instanceId, own]) => [instanceId, [...own.values()].sort(byWeight)] as const,
  );
  return { tests: new Map(tests.filter(([, own]) => own.length > 0)), leftOut };
}

function reasonAgainst(grade: Grade, minGrade: Grade): LeftOutReason | null {
  if (NEVER.includes(grade)) return 'never-exported';
  return rank(grade) > rank(minGrade) ? 'below-grade' : null;
}

const rank = (grade: Grade): number => GRADES.indexOf(grade);

/** One test that several submissions fail is described by the strongest of their divergences. */
function merged(known: PortableTest | undefined, test: PortableTest): PortableTest {
  if (!known) return test;
  const [stronger, other] = byWeight(test, known) < 0 ? [test, known] : [known, test];
  return { ...stronger, witnesses: [...stronger.witnesses, ...other.witnesses] };
}

const byWeight = (a: PortableTest, b: PortableTest): number =>
  rank(a.divergence.grade) - rank(b.divergence.grade) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
