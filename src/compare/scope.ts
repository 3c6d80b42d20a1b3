import type { DivergenceClass, Scope } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';

/** What of the changed code the issue, and the tests that the fix has to pass, are about. */
export interface IssueGround {
  /** Ids of the seeds that the issue or these tests gave. */
  readonly seeds: ReadonlySet<string>;
  /** The changed functions of gold that their inputs enter. */
  readonly entered: ReadonlySet<string>;
  /** Private names that they use. */
  readonly privateNames: ReadonlySet<string>;
}

const KINDS: Readonly<Record<DivergenceClass, Scope['kind']>> = {
  extra: 'regression',
  missing: 'unfixed',
  different: 'other-fix',
  unclassified: 'other-fix',
};

/**
 * Which part of the task a divergence concerns. It lies in the issue when its input is the issue's or one of the tests of
 * the fix, or enters no changed function of gold that these do not enter; and beyond it when gold changes a function
 * that they never reach. Another branch of the same function is no sign: what a fix has to do is seldom all tested. But what
 * the candidate leaves as it was is beyond the issue where only variations of other tests show it: nobody asked for that,
 * and gold may have lost it. Where none of them reaches the change, nobody can tell.
 */
export function scopeOf(
  ground: IssueGround,
  { input, gold, class: divergenceClass }: ScopedDifference,
): Scope {
  const kind = KINDS[divergenceClass];
  return { kind, ...placeOf(ground, kind, input, gold) };
}

interface ScopedDifference {
  readonly input: Input;
  readonly gold: Observation;
  readonly class: DivergenceClass;
}

function placeOf(
  { seeds, entered }: IssueGround,
  kind: Scope['kind'],
  input: Input,
  gold: Observation,
): Pick<Scope, 'issue' | 'why'> {
  const isOfFix = seeds.has(input.seed);
  if (input.mutations.length === 0 && isOfFix) {
    const origin = input.seedOrigin === 'issue' ? 'the issue' : 'a test of the fix';
    return { issue: 'in-issue', why: `the input is from ${origin}` };
  }
  if (entered.size === 0)
    return { issue: 'unknown', why: 'no input of the issue or of a test of the fix reaches the change' };
  if (kind === 'unfixed' && input.mutations.length > 0 && !isOfFix)
    return { issue: 'beyond', why: 'it varies what neither the issue nor a test of the fix does' };
  return functionsEntered(gold).every((target) => entered.has(target))
    ? { issue: 'in-issue', why: 'it enters the changed functions that the issue or a test of the fix enters' }
    : {
        issue: 'beyond',
        why: 'it enters a changed function that neither the issue nor a test of the fix enters',
      };
}

/** Targets that an observation entered, without modules, which run once. */
export const functionsEntered = ({ hits }: Observation): string[] =>
  hits.filter((hit) => !hit.endsWith('::<module>'));
