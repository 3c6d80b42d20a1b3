import { python } from '../python/language.js';
import {
  GRADES,
  type Aspect,
  type Difference,
  type DivergenceClass,
  type Grade,
  type Scope,
} from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { usesPrivate } from './private-use.js';
import { isFailedTest, isMissingInterface, isUnintended } from './exceptions.js';

/** What a divergence is graded by. `differences` are in the order that compareObservations gives them. */
export interface GradedDivergence {
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  readonly class: DivergenceClass;
  readonly scope?: Scope;
  /** When given, inputs that need a name which only gold introduces are not held against the candidate. */
  readonly targets?: readonly Target[];
  /** Private names that the issue or the tests of the fix use, and inputs may. */
  readonly ofFix?: ReadonlySet<string>;
}

/** Aspects in which a difference may be strong evidence. */
export const STRONG_ASPECTS: ReadonlySet<Aspect> = new Set(['outcome', 'type', 'value', 'state', 'stdout']);
/** Whether a grade is strong evidence. */
export const isStrong = (grade: Grade): boolean => GRADES.indexOf(grade) <= GRADES.indexOf('different-value');

const TEXT_ASPECTS: ReadonlySet<Aspect> = new Set(['stderr', 'exception-message', 'warnings', 'formatting']);

/**
 * How strong the evidence of a divergence is. The two strongest grades come from test runs, so an input never gets
 * them here.
 */
export function gradeOf(evidence: GradedDivergence): Grade {
  const { input, scope } = evidence;
  const grade = gradeOfDifference(evidence);
  if (input.domain === 'contrived') return weaker(grade, 'contrived');
  // Whether gold had to change what the issue does not ask for is open to debate.
  return scope?.kind === 'unfixed' && scope.issue === 'beyond' ? weaker(grade, 'beyond-the-issue') : grade;
}

const weaker = (one: Grade, other: Grade): Grade =>
  GRADES.indexOf(one) > GRADES.indexOf(other) ? one : other;

function gradeOfDifference(evidence: GradedDivergence): Grade {
  const { input, gold, candidate, class: divergenceClass } = evidence;
  const aspect = evidence.differences[0]?.aspect ?? 'internal';
  const goldRaised = gold.outcome.kind === 'raised' ? gold.outcome.exception : undefined;
  const candidateRaised = candidate.outcome.kind === 'raised' ? candidate.outcome.exception : undefined;
  const unmutated = input.mutations.length === 0;

  if (aspect === 'internal') return 'internal';
  const code = [...python.relevance().statements(input), input.source].join('\n');
  if (usesPrivate(input, code, evidence.ofFix ?? new Set())) return 'internal';
  if (aspect === 'rounding') return 'different-rounding';
  if (aspect === 'outcome' && goldRaised && isUnintended(goldRaised) && !isFailedTest(goldRaised))
    return 'gold-suspect';
  const isOfIssue = input.seedOrigin === 'issue' || evidence.scope?.issue === 'in-issue';
  if (unmutated && divergenceClass === 'missing' && isOfIssue && !isTextAside(aspect)) {
    return aspect === 'outcome' && candidateRaised && isUnintended(candidateRaised)
      ? 'unintended-error'
      : 'issue-input-unfixed';
  }
  if (candidateRaised && isMissingInterface(candidateRaised, introducedNames(evidence.targets ?? [])))
    return 'internal';
  if (TEXT_ASPECTS.has(aspect)) return 'different-text';
  if (unmutated && divergenceClass === 'extra' && input.seedOrigin === 'test')
    return 'regression-on-developer-input';
  if (aspect === 'outcome') {
    return candidateRaised && isUnintended(candidateRaised) ? 'unintended-error' : 'different-value';
  }
  return aspect === 'exception-type' ? 'different-exception-type' : 'different-value';
}

/** Text that a fix is rarely about, unlike the message of an exception, which an issue may ask to change. */
const isTextAside = (aspect: Aspect): boolean =>
  aspect === 'stderr' || aspect === 'warnings' || aspect === 'formatting';

/** Names that gold defines and base does not: functions, methods, classes and parameters. */
function introducedNames(targets: readonly Target[]): Set<string> {
  return new Set(
    targets.flatMap(({ definitions: { base, gold } }) => {
      if (!gold) return [];
      const known = new Set(base?.parameters.map(({ name }) => name));
      const parameters = gold.parameters.map(({ name }) => name).filter((name) => !known.has(name));
      return base ? parameters : [gold.qualname.split('.').at(-1) ?? '', ...parameters];
    }),
  );
}
