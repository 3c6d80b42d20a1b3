import { GRADES, type Divergence, type Grade } from '../model/divergence.js';
import type { PairRecord } from '../model/verdict.js';
import { STRONG_GRADES } from './evidence.js';

/** Grades of input on which the candidate fails by accident where the reference answers. */
const ERRORS: readonly Grade[] = ['unintended-error', 'dies-where-gold-answers'];

/**
 * What a score is computed from, each from 0 to 1. Most are of the decisive divergence, the first of those with the
 * strongest grade; a pair without a divergence has 0 in all of these. The words are those of the documentation.
 */
export const FEATURES = {
  'developer-tests': {
    words: 'fails developer tests that the reference passes',
    of: ({ developerFailures }) => Number(developerFailures.length > 0),
  },
  strong: {
    words: 'the strongest grade is strong evidence',
    of: ofDecisive(({ grade }) => STRONG_GRADES.includes(grade)),
  },
  error: {
    words: '... and an unintended error or a crash where the reference answers',
    of: ofDecisive(({ grade }) => ERRORS.includes(grade)),
  },
  beyond: {
    words: 'leaves undone what the reference does beyond the issue, and nothing worse',
    of: ofDecisive(({ grade }) => grade === 'beyond-the-issue'),
  },
  weak: {
    words: 'the strongest grade is a weaker one',
    of: ofDecisive(({ grade }) => grade !== 'beyond-the-issue' && !STRONG_GRADES.includes(grade)),
  },
  regression: {
    words: 'class extra: base and gold agree, the candidate differs',
    of: ofDecisive((one) => one.class === 'extra'),
  },
  unfixed: {
    words: 'class missing: base and candidate agree, gold differs',
    of: ofDecisive((one) => one.class === 'missing'),
  },
  'in-issue': {
    words: 'scope in-issue: the issue or a test of the fix goes this way',
    of: ofDecisive(isInIssue),
  },
  observed: {
    words: 'domain observed: an input that a person wrote',
    of: ofDecisive(({ input }) => input.domain === 'observed'),
  },
  contrived: {
    words: 'domain contrived: of a kind that nothing shows',
    of: ofDecisive(({ input }) => input.domain === 'contrived'),
  },
  accepts: {
    words: 'answers where the reference raises an exception',
    of: ofDecisive(
      ({ observations: { gold, candidate } }) =>
        gold.outcome.kind === 'raised' && candidate.outcome.kind === 'value',
    ),
  },
  verified: {
    words: 'a test was run that passes on gold and fails on the candidate',
    of: ofDecisive(({ test }) => test?.verified === true),
  },
  share: {
    words: 'share of the inputs that reach the change on which the sides differ',
    of: shareThatDiffers,
  },
} as const satisfies Readonly<Record<string, { words: string; of: (record: PairRecord) => number }>>;

export type Feature = keyof typeof FEATURES;

/** The features in the order of the documentation. */
export const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];

/** The features of a record, in the order of `FEATURE_NAMES`. */
export const featuresOf = (record: PairRecord): number[] =>
  FEATURE_NAMES.map((name) => FEATURES[name].of(record));

/** Whether a divergence lies in the issue; of a record without scopes only code of the issue itself is known to. */
function isInIssue({ scope, input }: Divergence): boolean {
  return scope === undefined ? input.seedOrigin === 'issue' : scope.issue === 'in-issue';
}

/** Of the inputs that are not contrived and reach the change, the share on which the sides differ; of all, where only those were counted. */
function shareThatDiffers({ differs, inputs }: PairRecord): number {
  const [different, of] = differs
    ? [differs.different, differs.reached]
    : [inputs.different, inputs.tried - inputs.setupFailed];
  return of > 0 ? Math.min(1, different / of) : 0;
}

/** The divergence that a pair is judged by: of those with its strongest grade, the first. */
export function decisiveDivergence({ divergences }: PairRecord): Divergence | undefined {
  const best = GRADES.find((grade) => divergences.some((one) => one.grade === grade));
  return divergences.find(({ grade }) => grade === best);
}

function ofDecisive(holds: (divergence: Divergence) => boolean): (record: PairRecord) => number {
  return (record) => {
    const decisive = decisiveDivergence(record);
    return Number(decisive !== undefined && holds(decisive));
  };
}
