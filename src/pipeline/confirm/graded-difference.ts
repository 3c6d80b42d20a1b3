import { Relevance } from '../../python/relevance.js';
import { classify } from '../../compare/classify.js';
import { gradeOf } from '../../compare/grade.js';
import { scopeOf, type IssueGround } from '../../compare/scope.js';
import { signatureOf } from '../../compare/signature.js';
import { sortByKeys } from '../../compare/sort-by-keys.js';
import {
  GRADES,
  type Difference,
  type Divergence,
  type DivergenceClass,
  type Grade,
  type Scope,
} from '../../model/divergence.js';
import { DOMAINS, type Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import type { Target } from '../../model/target.js';

/** An input on which gold and candidate differ, with what base did and what that makes of it. */
export interface GradedDifference {
  readonly input: Input;
  readonly base: Observation;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  readonly class: DivergenceClass;
  readonly scope: Scope;
  readonly grade: Grade;
  readonly signature: string;
  /** What the two printed when the input was run plainly, where that is the difference. */
  readonly plain?: Divergence['plain'];
  /** The candidate answers otherwise each time, and never as gold. */
  readonly arbitrary?: true;
}

/** Classifies and grades a difference. */
export function gradeDifference(
  facts: Omit<GradedDifference, 'class' | 'scope' | 'grade' | 'signature' | 'plain' | 'arbitrary'>,
  targets: readonly Target[],
  ground: IssueGround,
): GradedDifference {
  const { base, gold, candidate, differences } = facts;
  const classified = { ...facts, class: classify(base, gold, candidate) };
  const judged = { ...classified, scope: scopeOf(ground, classified) };
  return {
    ...judged,
    grade: gradeOf({ ...judged, targets, ofFix: ground.privateNames }),
    signature: signatureOf(differences, gold, candidate),
  };
}

/** The differences of each kind, which is class, grade and targets. Kinds and their members have the strongest first. */
export function byKind(differences: readonly GradedDifference[]): GradedDifference[][] {
  const kinds = new Map<string, GradedDifference[]>();
  for (const one of sortByStrength(differences)) {
    const kind = JSON.stringify([one.class, one.grade, [...one.gold.hits, ...one.candidate.hits].sort()]);
    const members = kinds.get(kind);
    if (members) members.push(one);
    else kinds.set(kind, [one]);
  }
  return [...kinds.values()];
}

/** Strongest grade first, then what people wrote, variations of it before what is contrived, and the shorter program. */
function sortByStrength(differences: readonly GradedDifference[]): GradedDifference[] {
  const lengthOf = programLengths();
  return sortByKeys(differences, ({ grade, input }) => [
    GRADES.indexOf(grade),
    DOMAINS.indexOf(input.domain),
    lengthOf(input),
  ]);
}

/** Tells of inputs how many characters they run for what is observed, without their prelude. */
export function programLengths(): (input: Input) => number {
  const relevance = new Relevance();
  return (input) =>
    relevance.statements(input).reduce((sum, { length }) => sum + length, input.source.length);
}
