import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import type { Random } from '../program/random.js';
import type { FragmentPool } from './pool.js';
import type { Table } from './public-tables.js';
import type { ReturnTypes } from './return-types.js';
import type { TargetLiterals } from './target-literals.js';

/** What an operator can use, whichever input it mutates. */
export interface MutationMaterial {
  /** Only fragments whose names are bound where the mutant will run. */
  readonly pool: FragmentPool;
  readonly returns: ReturnTypes;
  readonly targets: readonly Target[];
  /** Literals in the code of the targets. */
  readonly targetLiterals: TargetLiterals;
  /** Public tables in the modules of the targets. */
  readonly tables: readonly Table[];
  /** How many mutants of an operator come in a row, by its name; one for an operator that is not listed. */
  readonly turns: ReadonlyMap<string, number>;
  readonly random: Random;
}

/** A literal of the mutated input: its source text, and its type as `literalType` names it. */
export interface OwnLiteral {
  readonly text: string;
  readonly type: string | undefined;
}

/** What an operator can use when it mutates one input. */
export interface MutationContext extends MutationMaterial {
  /** Literals of the input itself, including its set-up. */
  readonly ownLiterals: readonly OwnLiteral[];
  /** Its variables that hold a pandas table or column. */
  readonly frames: ReadonlySet<string>;
}

/** Proposes replacement texts for `node`; an empty list where the operator does not apply. */
export type MutationOperator = (node: SyntaxNode, context: MutationContext) => readonly string[];

/**
 * What must stand before the program once `replacement` is part of it, such as an import or a class definition;
 * undefined where nothing is needed.
 */
export type SupportCode = (replacement: string) => string | undefined;
