import type { DivergenceClass, Scope } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';

/** What of the changed code the issue, and the tests that the fix has to pass, are about. */
export interface IssueGround {
  /** Ids of the seeds that the issue or these tests gave. */
  readonly seeds: ReadonlySet<string>;
  /** The ways through gold's changed code that their inputs take: targets entered, and branches taken in them. */
  readonly ways: ReadonlySet<string>;
}

const KINDS: Readonly<Record<DivergenceClass, Scope['kind']>> = {
  extra: 'regression',
  missing: 'unfixed',
  different: 'other-fix',
  unclassified: 'other-fix',
};

/**
 * Which part of the task a divergence concerns. It lies in the issue when its input is the issue's or one of the tests of
 * the fix, or takes no way through gold's change that these do not take; and beyond it when gold does something there that
 * they never ask for. Where none of them reaches the change, nobody can tell.
 */
export function scopeOf(
  ground: IssueGround,
  { input, gold, class: divergenceClass }: ScopedDifference,
): Scope {
  return { kind: KINDS[divergenceClass], ...placeOf(ground, input, gold) };
}

interface ScopedDifference {
  readonly input: Input;
  readonly gold: Observation;
  readonly class: DivergenceClass;
}

function placeOf(
  { seeds, ways }: IssueGround,
  input: Input,
  gold: Observation,
): Pick<Scope, 'issue' | 'why'> {
  if (input.mutations.length === 0 && seeds.has(input.seed)) {
    const origin = input.seedOrigin === 'issue' ? 'the issue' : 'a test of the fix';
    return { issue: 'in-issue', why: `the input is from ${origin}` };
  }
  if (ways.size === 0)
    return { issue: 'unknown', why: 'no input of the issue or of a test of the fix reaches the change' };
  return waysOf(gold).every((way) => ways.has(way))
    ? {
        issue: 'in-issue',
        why: 'it takes the way through the change that the issue or a test of the fix takes',
      }
    : {
        issue: 'beyond',
        why: 'it takes a way through the change that neither the issue nor a test of the fix takes',
      };
}

/** Targets that an observation entered, without modules, which run once, and the branches it took in them. */
export const waysOf = ({ hits, branches = [] }: Observation): string[] => [
  ...hits.filter((hit) => !hit.endsWith('::<module>')),
  ...branches,
];
