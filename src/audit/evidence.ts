import { classify } from '../compare/classify.js';
import { gradeOf } from '../compare/grade.js';
import { signatureOf } from '../compare/signature.js';
import { GRADES, type Difference, type DivergenceClass, type Grade } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';

/** An input on which gold and candidate differ, with what base did and what that makes of it. */
export interface Evidence {
  readonly input: Input;
  readonly base: Observation;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  readonly class: DivergenceClass;
  readonly grade: Grade;
  readonly signature: string;
}

/** Classifies and grades a difference. */
export function weigh(
  facts: Omit<Evidence, 'class' | 'grade' | 'signature'>,
  targets: readonly Target[],
): Evidence {
  const { base, gold, candidate, differences } = facts;
  const judged = { ...facts, class: classify(base, gold, candidate) };
  return {
    ...judged,
    grade: gradeOf({ ...judged, targets }),
    signature: signatureOf(differences, gold, candidate),
  };
}

/** The evidence of each kind: class, grade and targets. Kinds and their members have the strongest first. */
export function byKind(evidence: readonly Evidence[]): Evidence[][] {
  const kinds = new Map<string, Evidence[]>();
  for (const one of [...evidence].sort(byStrength)) {
    const kind = JSON.stringify([one.class, one.grade, [...one.gold.hits, ...one.candidate.hits].sort()]);
    const members = kinds.get(kind);
    if (members) members.push(one);
    else kinds.set(kind, [one]);
  }
  return [...kinds.values()];
}

/** Strongest grade first, then the shorter program. */
function byStrength(a: Evidence, b: Evidence): number {
  return GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || programLength(a.input) - programLength(b.input);
}

/** Characters of everything the input runs but its prelude. */
export const programLength = (input: Input): number =>
  input.source.length + input.prefix.reduce((sum, statement) => sum + statement.length, 0);
