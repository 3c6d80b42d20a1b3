import { ASPECTS, type Aspect, type Comparison, type Difference } from '../model/divergence.js';
import type { ExceptionFacts, Observation, Outcome } from '../model/observation.js';
import { compareCanonical } from './canonical.js';
import { faultText, ownField, withoutPlace } from './canonical-facts.js';
import { isFailedTest } from './exceptions.js';
import { textAspect } from './texts.js';

const RECURSION = 'builtins.RecursionError';

/** Differences kept of one comparison, since two long lists may differ in every item. */
const MOST_DIFFERENCES = 12;

/** What was found so far while comparing two observations. */
interface CollectedDifferences {
  readonly differences: Difference[];
  readonly unknowns: string[];
  readonly unread: Set<string>;
}

/**
 * Compares what one input did on two sides. One definite difference makes the observations different, even where other
 * things could not be read. Without a difference they are unknown if anything could not be read or a side gave no
 * evidence (timeout, crash, exit, lack of resources, failed set-up). Which targets were hit and where an exception was
 * raised does not count. The most significant difference comes first.
 */
export function compareObservations(left: Observation, right: Observation): Comparison {
  const missing = missingEvidence(left.outcome, right.outcome);
  if (missing !== undefined) return { kind: 'unknown', reason: missing };
  const findings: CollectedDifferences = { differences: [], unknowns: [], unread: new Set() };
  compareOutcomes(left.outcome, right.outcome, findings);
  // Where only one side raised, differences in its effects merely follow from that.
  if (findings.differences[0]?.aspect !== 'outcome') compareEffects(left, right, findings);
  const [unknown] = findings.unknowns;
  if (findings.differences.length > 0)
    return {
      kind: 'different',
      differences: ranked(findings.differences),
      ...(findings.unread.size > 0 ? { unread: [...findings.unread] } : {}),
    };
  return unknown === undefined ? { kind: 'same' } : { kind: 'unknown', reason: unknown };
}

function ranked(differences: readonly Difference[]): Difference[] {
  return [...differences]
    .sort((a, b) => ASPECTS.indexOf(a.aspect) - ASPECTS.indexOf(b.aspect))
    .slice(0, MOST_DIFFERENCES);
}

function missingEvidence(left: Outcome, right: Outcome): string | undefined {
  if (left.kind === 'setup-failed' && right.kind === 'setup-failed') return 'set-up failed';
  const [first, second] = [evidenceGap(left), evidenceGap(right)];
  if (first !== undefined) return `${first} on the left side`;
  return second === undefined ? undefined : `${second} on the right side`;
}

/** Why an outcome is no evidence of behaviour; undefined when it is. */
export function evidenceGap(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'value':
    case 'raised':
      return undefined;
    case 'timeout':
      return 'timeout';
    case 'crashed':
      return `crash (signal ${outcome.signal})`;
    case 'exited':
      return `exit (code ${outcome.code})`;
    case 'resource':
      return `${outcome.what} limit`;
    case 'setup-failed':
      return 'set-up failed';
  }
}

function compareOutcomes(left: Outcome, right: Outcome, findings: CollectedDifferences): void {
  if (left.kind === 'value' && right.kind === 'value') {
    const { differences, unknowns, unread } = compareCanonical(left.value, right.value);
    for (const name of unread) findings.unread.add(name);
    findings.differences.push(...differences);
    findings.unknowns.push(...unknowns.map(({ path, why }) => `result${path}: ${why}`));
  } else if (left.kind === 'raised' && right.kind === 'raised') {
    compareExceptions(left.exception, right.exception, findings);
  } else {
    findings.differences.push({ aspect: 'outcome', path: '', left: answerOf(left), right: answerOf(right) });
  }
}

const answerOf = (outcome: Outcome) =>
  outcome.kind === 'value'
    ? outcome.value
    : outcome.kind === 'raised'
      ? `raises ${faultText(outcome.exception)}`
      : outcome.kind;

function compareExceptions(
  left: ExceptionFacts,
  right: ExceptionFacts,
  { differences }: CollectedDifferences,
): void {
  const differ = (kind: Aspect, path: string, a: string, b: string) => {
    const aspect = kind === 'exception-type' ? kind : aspectOfText(kind, a, b);
    if (a !== b) differences.push({ aspect, path, left: a, right: b });
  };
  differ('exception-type', '', withoutPlace(left.type), withoutPlace(right.type));
  // The same type with other base classes is caught by other handlers.
  if (left.type === right.type) differ('exception-type', 'bases', left.bases.join(), right.bases.join());
  // Where an endless recursion reaches the limit varies, and with it the message.
  if (left.type === RECURSION && right.type === RECURSION) return;
  const ofTest = isFailedTest(left) && isFailedTest(right);
  differ(ofTest ? 'value' : 'exception-message', '', left.message, right.message);
  differ('exception-message', 'cause', causes(left), causes(right));
}

/** The chained causes, nearest first. */
function causes(exception: ExceptionFacts): string {
  const chain: string[] = [];
  for (let cause = exception.cause; cause; cause = cause.cause) chain.push(faultText(cause));
  return chain.join('; ');
}

function compareEffects(left: Observation, right: Observation, findings: CollectedDifferences): void {
  const { differences, unknowns, unread } = findings;
  for (const name of new Set([...Object.keys(left.state), ...Object.keys(right.state)])) {
    const [a, b] = [ownField(left.state, name), ownField(right.state, name)];
    const path = `state ${name}`;
    if (a && b) {
      const found = compareCanonical(a, b, path);
      differences.push(...found.differences.map(asState));
      for (const attribute of found.unread) unread.add(attribute);
      unknowns.push(...found.unknowns.map((unknown) => `${unknown.path}: ${unknown.why}`));
    } else {
      differences.push({ aspect: 'state', path, ...(a ? { left: a } : {}), ...(b ? { right: b } : {}) });
    }
  }
  const texts = [
    { aspect: 'stdout', left: left.stdout, right: right.stdout },
    { aspect: 'stderr', left: left.stderr, right: right.stderr },
    { aspect: 'warnings', left: warningsText(left), right: warningsText(right) },
  ] as const;
  differences.push(
    ...texts.flatMap(({ aspect: kind, left: a, right: b }): Difference[] => {
      if (a === b) return [];
      const aspect = aspectOfText(kind, a, b);
      return [{ aspect, path: aspect === kind ? '' : kind, left: a, right: b }];
    }),
  );
}

const asState = (difference: Difference): Difference =>
  SLIGHT_ASPECTS.has(difference.aspect) ? difference : { ...difference, aspect: 'state' };

/** The aspect of two different texts: the given one, unless only their layout or the last digits of numbers differ. */
function aspectOfText(aspect: Aspect, left: string, right: string): Aspect {
  const finer = textAspect(left, right);
  return finer === 'value' ? aspect : finer;
}

/** Aspects that weigh little wherever they show: in the answer, in variables or in output. */
const SLIGHT_ASPECTS: ReadonlySet<Aspect> = new Set(['formatting', 'rounding', 'internal']);

/** Whether two sides differ in more than the last digits of numbers and the layout of HTML. */
export function differMarkedly(comparison: Comparison): boolean {
  if (comparison.kind !== 'different') return false;
  return comparison.differences.some(({ aspect }) => aspect !== 'rounding' && aspect !== 'formatting');
}

const warningsText = ({ warnings }: Observation): string =>
  warnings.map(({ category, message }) => `${category}: ${message}`).join('\n');
