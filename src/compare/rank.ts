import { python } from '../python/language.js';
import { GRADES, type DivergenceClass, type Grade } from '../model/divergence.js';
import { DOMAINS, type Input, type Seed } from '../model/input.js';
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
 * Divergences, the one first that a maintainer would act on first. Compared in turn: the grade; inputs that
 * people wrote before variations of them, and those before contrived ones; computed values before comparisons, which show only whether something holds; the origin of the seed; the class; the shorter program.
 */
export function rankDivergences<T extends Rankable>(divergences: readonly T[]): T[] {
  return sortByKeys(divergences, rankKey);
}

function rankKey({ grade, class: divergenceClass, input }: Rankable): number[] {
  return [
    GRADES.indexOf(grade),
    DOMAINS.indexOf(input.domain),
    Number(python.endsInComparison(input.source)),
    ORIGINS.indexOf(input.seedOrigin),
    CLASSES.indexOf(divergenceClass),
    input.source.length,
    input.prefix.join('').length,
  ];
}
