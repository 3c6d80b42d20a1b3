import { parsePython } from '../python/python-parser.js';
import { Relevance } from '../python/relevance.js';
import { scopesOf } from '../python/scopes.js';
import type { Aspect, Difference, DivergenceClass, Grade } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { isMissingInterface, isUnintended } from './exceptions.js';

/** What the grade of a divergence is judged from. `differences` as compareObservations ranked them. */
export interface Evidence {
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  readonly class: DivergenceClass;
  /** Given: inputs that need a name which only gold introduces do not count against the candidate. */
  readonly targets?: readonly Target[];
}

const TEXT_ASPECTS: ReadonlySet<Aspect> = new Set(['stderr', 'exception-message', 'warnings']);

/**
 * How strong the evidence of a divergence is. The two strongest grades come from test runs, not from inputs,
 * and are never given here.
 */
export function gradeOf(evidence: Evidence): Grade {
  const { input, gold, candidate, class: divergenceClass } = evidence;
  const aspect = evidence.differences[0]?.aspect ?? 'internal';
  const goldRaised = gold.outcome.kind === 'raised' ? gold.outcome.exception : undefined;
  const candidateRaised = candidate.outcome.kind === 'raised' ? candidate.outcome.exception : undefined;
  const unmutated = input.mutations.length === 0;

  if (aspect === 'internal' || touchesPrivateNames(input)) return 'internal';
  // What an ill-typed argument raises, and whether it does, is nobody's promise.
  if (input.illTyped && (goldRaised ?? candidateRaised)) return 'internal';
  if (aspect === 'outcome' && goldRaised && isUnintended(goldRaised)) return 'gold-suspect';
  if (unmutated && divergenceClass === 'missing' && input.seedOrigin === 'issue' && !isTextAside(aspect)) {
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

/** Text that a fix is rarely about; the message of an exception may be what the issue asks to change. */
const isTextAside = (aspect: Aspect): boolean => aspect === 'stderr' || aspect === 'warnings';

/** Whether what matters of an input uses names that are private by convention: `x._args`, `from pkg._impl import f`. */
function touchesPrivateNames(input: Input): boolean {
  const code = [...new Relevance().statements(input), input.source].join('\n');
  if (!code.includes('_')) return false;
  const root = parsePython(code);
  const { bindings } = scopesOf(root);
  // A variable of the input's own, `_n = 3`, is nobody's private part.
  const own = (name: string) => bindings.get(name)?.some(({ kind }) => kind === 'variable') ?? false;
  return root
    .descendantsOfType('identifier')
    .some(({ text, field }) => isPrivate(text) && (field === 'attribute' || !own(text)));
}

const isPrivate = (name: string): boolean => /^_[^_]/.test(name) || /^__\w*[^_]$/.test(name);

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
