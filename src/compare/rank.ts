import { parsePython } from '../python/python-parser.js';
import { GRADES, type DivergenceClass, type Grade } from '../model/divergence.js';
import type { Input, Seed } from '../model/input.js';
import { sortByKeys } from './sort-by-keys.js';

/** What divergences are ranked by. */
export interface Rankable {
  readonly grade: Grade;
  readonly class: DivergenceClass;
  readonly input: Input;
}

const ORIGINS: readonly Seed['origin'][] = ['issue', 'test', 'doctest'];
const CLASSES: readonly DivergenceClass[] = ['extra', 'missing', 'different', 'unclassified'];

/**
 * The one a maintainer would act on first: by grade, then arguments of types that the code is made for, then inputs that
 * people wrote before mutants of them, then what is computed before comparisons of it, then class, then the shorter program.
 */
export function rankDivergences<T extends Rankable>(divergences: readonly T[]): T[] {
  return sortByKeys(divergences, rankKey);
}

function rankKey({ grade, class: divergenceClass, input }: Rankable): number[] {
  return [
    GRADES.indexOf(grade),
    Number(input.illTyped),
    Math.min(input.mutations.length, 1),
    Number(isComparison(input.source)),
    ORIGINS.indexOf(input.seedOrigin),
    CLASSES.indexOf(divergenceClass),
    input.source.length,
    input.prefix.join('').length,
  ];
}

/** Whether a program ends with a comparison: of what it compares, it tells only whether that is so. */
const isComparison = (source: string): boolean =>
  parsePython(source).namedChildren.at(-1)?.firstNamedChild?.type === 'comparison_operator';
