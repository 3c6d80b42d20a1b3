import { argumentShape, disputedArgument, everyCall, keyword, sameCallee } from './call-edits.js';
import { changeAlike } from './change-alike.js';
import { codeInText } from './code-in-text.js';
import {
  closeGeneratorEarly,
  closingHelper,
  observeArgumentAfter,
  queryAfter,
  reenterContext,
  repeatCall,
} from './follow-up.js';
import { frameEdit } from './frame-edits.js';
import { lineEdit } from './line-edits.js';
import { container, literal, ownLiteral } from './literal-edits.js';
import type { MutationOperator, SupportCode } from './mutation-operator.js';
import { objectProtocol, protocolImport } from './object-protocols.js';
import { tableEdit, tableLiteral } from './table-edits.js';
import { disputedEscape, disputedText, growTogether, textEdit } from './text-edits.js';
import { unusualDefinition, unusualObject, unusualOperand, unusualReturn } from './unusual-objects.js';
import { attribute, fragment, inPlace, operands, wrap } from './value-edits.js';

/*
 * Every mutation operator. To add one, write it in a module of this folder and add a line here. Each name is recorded
 * with the mutants and ends up in reports, so it never changes. The order matters too: operators take turns in it and
 * draw from one stream of random numbers.
 */

/**
 * Operators that target something which only one of the two patches has. They apply in few places, so their mutants
 * come before all others; the operator with the fewest places is first.
 */
export const TARGETED_OPERATORS: Readonly<Record<string, MutationOperator>> = {
  'disputed-escape': disputedEscape,
  'disputed-argument': disputedArgument,
  'disputed-text': disputedText,
};

/** All other operators. */
export const OPERATORS: Readonly<Record<string, MutationOperator>> = {
  // The first five apply in few places and are informative there.
  'odd-return': unusualReturn,
  'odd-operand': unusualOperand,
  'look-after': observeArgumentAfter,
  'same-callee': sameCallee,
  'frame-edit': frameEdit,
  literal,
  'own-literal': ownLiteral,
  fragment,
  wrap,
  attribute,
  keyword,
  'argument-shape': argumentShape,
  'every-call': everyCall,
  operands,
  together: changeAlike,
  container,
  'text-edit': textEdit,
  'code-in-text': codeInText,
  'line-edit': lineEdit,
  'grow-together': growTogether,
  'in-place': inPlace,
  'odd-object': unusualObject,
  'object-view': objectProtocol,
  repeat: repeatCall,
  'ask-after': queryAfter,
  'enter-again': reenterContext,
  'close-early': closeGeneratorEarly,
  'table-edit': tableEdit,
  'table-literal': tableLiteral,
};

/** What the replacements of operators may need before the program; the first that answers counts. */
export const SUPPORT_CODE: readonly SupportCode[] = [unusualDefinition, closingHelper, protocolImport];
