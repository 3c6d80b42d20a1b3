import { python } from '../python/language.js';
import { GRADES, type DivergenceClass, type Grade } from '../model/divergence.js';
import type { Input, Seed } from '../model/input.js';
import { sortByKeys } from './sort-by-keys.js';

/** The parts of a divergence that decide its rank. */
export interface Rankable {
  readonly grade: Grade;
  readonly class: DivergenceClass;
  readonly input: Input;
}

const ORIGINS: readonly Seed['origin'][] = ['issue', 'test', 'doctest'];
const CLASSES: readonly DivergenceClass[] = ['extra', 'missing', 'different', 'unclassified'];

/**
 * Divergences, the one first that a maintainer would act on first. Compared in turn: the grade; whether the arguments
 * have types that the code is made for; inputs that people wrote before mutants; computed values before comparisons,
 * which show only whether something holds; the origin of the seed; the class; the shorter program.
 */
export function rankDivergences<T extends Rankable>(divergences: readonly T[]): T[] {
  return sortByKeys(divergences, rankKey);
}

function rankKey({ grade, class: divergenceClass, input }: Rankable): number[] {
  return [
    GRADES.indexOf(grade),
    Number(input.illTyped),
    Math.min(input.mutations.length, 1),
    Number(python.endsInComparison(input.source)),
    ORIGINS.indexOf(input.seedOrigin),
    CLASSES.indexOf(divergenceClass),
    input.source.length,
    input.prefix.join('').length,
  ];
}
