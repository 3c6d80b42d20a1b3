import { evidenceWord } from '../metrics/evidence.js';
import { wilsonInterval } from '../metrics/wilson.js';
import { percent } from './numbers.js';
import type { Aspect, DivergenceClass, Grade } from '../model/divergence.js';
import type { DeveloperTests } from '../model/suite.js';
import type { PairRecord, UnverifiableReason, VerdictOutcome } from '../model/verdict.js';

/** What each outcome means: the glossary. */
export const OUTCOME_WORDS: Readonly<Record<VerdictOutcome, string>> = {
  consistent: 'compared, and nothing differed from the reference',
  divergent: 'at least one difference from the reference that was there on every repetition',
  unverifiable: 'could not be judged, for the reason given',
  'not-reached': 'no input reached the code in which the two patches differ',
  'not-applied': 'the patch does not apply',
  empty: 'the submission gives no patch',
  'invalid-row': 'the row of the dataset or the prediction cannot be read, so nothing was run',
  'infra-error': 'the machinery failed; run again to retry',
};

/** Why a pair could not be judged. */
export const REASON_WORDS: Readonly<Record<UnverifiableReason, string>> = {
  'gold-not-applied': 'the reference patch does not apply',
  'test-patch-not-applied': 'the test patch does not apply',
  'gold-flaky': 'the reference passes its tests only sometimes',
  'gold-timeout': 'the tests of the reference did not end in time',
  'candidate-timeout': 'the tests of the candidate did not end in time',
  'candidate-crashed': 'the tests of the candidate ended in a crash',
  'no-python-change': 'the reference changes no Python code',
  'environment-broken': 'the environment does not work',
  'every-difference-flaky': 'the candidate answers differently from run to run',
  'differences-not-repeated': 'differences were seen, and time ran out before they were repeated',
  'nothing-comparable': 'no input gave answers that could be compared',
  'candidate-silent': 'the candidate gives no answer to many inputs that the reference answers',
  'unreadable-code': 'the patch brings code that cannot be read and takes the place of source',
};

/** What the class of a divergence says of the candidate. */
export const CLASS_WORDS: Readonly<Record<DivergenceClass, string>> = {
  missing: 'missing: the candidate leaves as it was what the reference changes',
  extra: 'extra: the candidate changes what the reference leaves alone',
  different: 'different: both change it, not in the same way',
  unclassified: 'unclassified: the unpatched code gives nothing to compare with',
};

/** What the grade of a divergence says of its weight. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  'forged-tests': 'makes tests pass that must fail, so that its own test results count for nothing',
  'behaves-differently-when-observed': 'answers otherwise when it is run plainly than when it is observed',
  'fails-benchmark-tests': "fails the benchmark's own tests",
  'fails-developer-tests': 'fails developer tests that the reference passes',
  'regression-on-developer-input': 'changes the result of an unmodified developer test input',
  'unintended-error': 'raises an unintended error where the reference answers',
  'issue-input-unfixed': "leaves the issue's own input unfixed",
  'dies-where-gold-answers': 'crashes, exits or runs out of memory where the reference answers',
  'different-value': 'gives another result through the public API',
  'beyond-the-issue': 'leaves undone what the reference changes beyond what the issue asks for',
  'far-slower': 'does not come to an end where the reference answers at once',
  'gold-suspect': 'answers where the reference raises an unintended error',
  'not-told-apart': 'differs, but no test was found that passes on the reference and fails on it',
  contrived: 'differs only on inputs of a kind that no test, documentation or issue shows',
  'different-exception-type': 'raises another type of exception',
  'different-text': 'differs in a message, a warning, stderr or the layout of HTML only',
  'different-rounding': 'differs only in the last digits of numbers',
  internal: 'differs only inside, or on an input that uses private names',
};

/** What differs, for a reader. */
export const ASPECT_WORDS: Readonly<Record<Aspect, string>> = {
  outcome: 'answer or exception',
  time: 'whether it comes to an end',
  type: 'type of the result',
  value: 'result',
  'exception-type': 'type of the exception',
  state: 'variables afterwards',
  stdout: 'output',
  stderr: 'error output',
  'exception-message': 'message of the exception',
  warnings: 'warnings',
  formatting: 'layout of HTML',
  rounding: 'last digits of numbers',
  internal: 'private state',
};

/** Tests that are named; further ones are only counted. */
const MOST_NAMED = 3;

/** Why a pair has its verdict, in one line. */
export function verdictSentence(record: PairRecord): string {
  const { verdict, inputs } = record;
  switch (verdict.outcome) {
    case 'consistent':
      return verdict.identical
        ? 'the same code as the reference'
        : `${plural(inputs.same, 'input')} answered as the reference does, none differently`;
    case 'divergent':
      return divergentSentence(record);
    case 'unverifiable':
      return joined(REASON_WORDS[verdict.reason], verdict.detail);
    case 'not-applied':
    case 'infra-error':
    case 'invalid-row':
      return joined(OUTCOME_WORDS[verdict.outcome], verdict.detail);
    case 'not-reached':
    case 'empty':
      return OUTCOME_WORDS[verdict.outcome];
  }
}

/** `1 input`, `2 inputs`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What is said of differences without strong evidence. */
export const WEAK_WORDS = 'differs in ways that may not matter';

function divergentSentence(record: PairRecord): string {
  const { forgedTests, benchmarkFailures, developerFailures, divergences } = record;
  const [first] = divergences;
  const [sign] = forgedTests?.signs ?? [];
  const tests = [
    ...(sign ? [`${GRADE_WORDS['forged-tests']}: ${sign.canary} (${sign.answered})`] : []),
    ...(benchmarkFailures.length > 0
      ? [`fails ${plural(benchmarkFailures.length, 'test')} of the benchmark`]
      : []),
    ...(developerFailures.length > 0
      ? [`fails ${plural(developerFailures.length, 'developer test')} that the reference passes`]
      : []),
  ];
  const inputs = first
    ? [`${plural(divergences.length, 'divergence')}, at worst: ${GRADE_WORDS[first.grade]}`]
    : [];
  const sentence = [...tests, ...inputs].join('; ');
  const word = evidenceWord(record);
  return word === 'weak only' ? `${word}, ${WEAK_WORDS}: ${sentence}` : sentence;
}

/** Which of the benchmark's tests were left out, since gold itself does not pass them here. */
const leftOutSentence = (ids: readonly string[]): string =>
  `judged without ${plural(ids.length, 'test')} of the benchmark, which the reference does not pass here: ${named(ids)}`;

/** Which ids of the benchmark are those of no test that ran. */
const unmatchedSentence = (ids: readonly string[]): string =>
  `judged without ${plural(ids.length, 'test id')} of the benchmark, which no test that ran here goes by: ${named(ids)}`;

/** Which FAIL_TO_PASS tests cannot distinguish the fixed from the unfixed code. */
const passOnBaseSentence = (ids: readonly string[]): string =>
  `FAIL_TO_PASS tests that pass here without any fix: ${named(ids)}`;

function named(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return ids.slice(0, MOST_NAMED).join(', ') + more;
}

/** Notes on the benchmark's own tests: those left out, and those that pass without a fix. */
export function benchmarkNotes({
  leftOut,
  unmatched,
  passOnBase,
}: Pick<PairRecord, 'leftOut' | 'unmatched' | 'passOnBase'>): string[] {
  const failed = leftOut.filter((id) => !unmatched.includes(id));
  return [
    ...(failed.length > 0 ? [leftOutSentence(failed)] : []),
    ...(unmatched.length > 0 ? [unmatchedSentence(unmatched)] : []),
    ...(passOnBase.length > 0 ? [passOnBaseSentence(passOnBase)] : []),
  ];
}

/** Which developer tests were run on a candidate and how many were not; the verdict does not cover the latter. */
export function developerTestsSentence({ suite, run, of, cut, files }: DeveloperTests): string {
  const why =
    suite === 'impacted'
      ? ', those that can tell the patches apart'
      : suite === 'related'
        ? ', of the files nearest to the change'
        : '';
  const late = cut > 0 ? `; ${cut} more were to be run, and time ran out` : '';
  const unknown = files.of - files.run;
  const rest = unknown > 0 ? `; ${unknown} of ${plural(files.of, 'test file')} were not looked at` : '';
  return `developer tests run: ${run} of ${of} that the reference passes${why}${late}${rest}`;
}

/** How often the sides differ where it matters; null where no input that counts reached the change. */
export function differsSentence({ differs }: PairRecord): string | null {
  if (!differs || differs.reached === 0) return null;
  const { reached, different, regression, unfixed, otherFix } = differs;
  const interval = wilsonInterval(different, reached);
  const range = interval ? ` (95% interval ${percent(interval.low)} to ${percent(interval.high)})` : '';
  const kinds = [
    [regression, 'regression'],
    [unfixed, 'left unfixed'],
    [otherFix, 'fixed in another way'],
  ] as const;
  const known = kinds.filter(([count]) => count > 0).map(([count, kind]) => `${count} ${kind}`);
  const split = known.length > 0 ? `: ${known.join(', ')}` : '';
  return `differs on ${percent(different / reached)} of ${plural(reached, 'input')} that ${reached === 1 ? 'reaches' : 'reach'} the change${range}${split}`;
}

/** `benchmarkNotes` of each instance that has any, the instance's name first. */
export function instanceNotes(records: readonly PairRecord[]): string[] {
  const lines = records.flatMap((record) =>
    benchmarkNotes(record).map((note) => `${record.instanceId}: ${note}`),
  );
  return [...new Set(lines)];
}

const joined = (words: string, detail: string): string => (detail === '' ? words : `${words}: ${detail}`);
