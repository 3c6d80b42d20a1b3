import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import type { Random } from '../program/random.js';
import { argumentShape, disputedArgument, everyCall, keyword, sameCallee } from './call-edits.js';
import { codeInText } from './code-in-text.js';
import { container, literal, ownLiteral } from './literal-edits.js';
import { objectView } from './object-views.js';
import { oddObject, oddOperand, oddReturn } from './odd-objects.js';
import type { FragmentPool } from './pool.js';
import type { ReturnTypes } from './return-types.js';
import { askAfter, closeEarly, enterAgain, lookAfter, repeatedly } from './sequences.js';
import type { Spelled } from './spelled.js';
import { tableEdit, tableLiteral, type Table } from './table-edits.js';
import { disputedEscape, disputedText, growTogether, textEdit } from './text-edits.js';
import { together } from './together.js';
import { attribute, fragment, inPlace, operands, wrap } from './value-edits.js';

/** What an operator may draw on, whatever the input. */
export interface MutationMaterial {
  /** Only fragments whose names are bound where the mutant will run. */
  readonly pool: FragmentPool;
  readonly returns: ReturnTypes;
  readonly targets: readonly Target[];
  /** Literals of their code. */
  readonly spelled: Spelled;
  /** Public tables beside the targets. */
  readonly tables: readonly Table[];
  /** By operator, how many of its mutants come in a row; one where none is given. */
  readonly turns: ReadonlyMap<string, number>;
  readonly random: Random;
}

/** What an operator may draw on when it changes a certain input. */
export interface MutationContext extends MutationMaterial {
  /** Literals of the input itself, its set-up among them. */
  readonly ownLiterals: readonly { readonly text: string; readonly type: string | undefined }[];
}

/** Proposes replacement texts for `node`; an empty list where the operator does not fit. */
export type MutationOperator = (node: SyntaxNode, context: MutationContext) => readonly string[];

/** What aims at something that only one of the patches has: fits few places, and comes before all else; the fewest first. */
export const AIMED_OPERATORS: Readonly<Record<string, MutationOperator>> = {
  'disputed-escape': disputedEscape,
  'disputed-argument': disputedArgument,
  'disputed-text': disputedText,
};

/** All others by name; the name is recorded with every mutant. */
export const OPERATORS: Readonly<Record<string, MutationOperator>> = {
  // Fit few places, and tell much there.
  'odd-return': oddReturn,
  'odd-operand': oddOperand,
  'look-after': lookAfter,
  'same-callee': sameCallee,
  literal,
  'own-literal': ownLiteral,
  fragment,
  wrap,
  attribute,
  keyword,
  'argument-shape': argumentShape,
  'every-call': everyCall,
  operands,
  together,
  container,
  'text-edit': textEdit,
  'code-in-text': codeInText,
  'grow-together': growTogether,
  'in-place': inPlace,
  'odd-object': oddObject,
  'object-view': objectView,
  repeat: repeatedly,
  'ask-after': askAfter,
  'enter-again': enterAgain,
  'close-early': closeEarly,
  'table-edit': tableEdit,
  'table-literal': tableLiteral,
};
