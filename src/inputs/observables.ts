import { freeNames } from '../python/names.js';
import { parsePython, type SyntaxNode } from '../python/python-parser.js';
import type { Input, Seed } from '../model/input.js';
import {
  enterContexts,
  expectsException,
  firstItem,
  isUnittestAssertion,
  outdented,
  withoutAssertions,
} from './program/blocks.js';
import { inputOfSeed } from './program/input.js';
import { bindsSelf } from './seeds/self-variables.js';

/** A longer compound statement is run for its effect, but not observed as a whole. */
const LONGEST_BLOCK_LINES = 15;
const NESTED_CALLS = 4;

const VALUE_NODES = new Set([
  'call',
  'attribute',
  'subscript',
  'binary_operator',
  'unary_operator',
  'comparison_operator',
  'boolean_operator',
  'not_operator',
  'conditional_expression',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/**
 * What a seed's statements compute, not only what they assert: both sides of each comparison, every
 * assigned value, every call and its nested calls, each to be observed after the statements before it.
 */
export function inputsOfSeed(seed: Seed): Input[] {
  const inputs = new Map<string, Input>();
  const prefix: string[] = [...seed.setUp];
  const emit = (source: string) => {
    const needsSelf = [...prefix, source].some((text) => !bindsSelf(text) && /\bself\b/.test(text));
    const before = needsSelf ? [...prefix] : prefix.filter((text) => !bindsSelf(text));
    const input = inputOfSeed(seed, before, source);
    inputs.set(input.id, input);
  };
  for (const statement of seed.statements) {
    for (const node of parsePython(statement).namedChildren) visitStatement(node, prefix, emit);
  }
  return [...inputs.values()];
}

/** Emits what `node` computes, then appends the statement to `prefix` for those after it. */
function visitStatement(node: SyntaxNode, prefix: string[], emit: (source: string) => void): void {
  switch (node.type) {
    case 'comment':
    case 'pass_statement':
    case 'return_statement':
      return;
    case 'assert_statement':
      if (node.firstNamedChild) emitExpression(node.firstNamedChild, emit);
      return;
    case 'expression_statement':
      visitExpressionStatement(node, prefix, emit);
      return;
    case 'for_statement':
      visitInside(node, firstItem(node), prefix, emit);
      visitBlock(node, prefix, emit);
      return;
    case 'with_statement':
      if (expectsException(node)) {
        for (const statement of bodyOf(node)) visitStatement(statement, prefix, emit);
        return;
      }
      visitInside(node, enterContexts(node), prefix, emit);
      visitBlock(node, prefix, emit);
      return;
    case 'while_statement':
    case 'if_statement':
    case 'try_statement':
      visitBlock(node, prefix, emit);
      return;
    default:
      prefix.push(statementText(node));
  }
}

function visitExpressionStatement(node: SyntaxNode, prefix: string[], emit: (source: string) => void): void {
  const expression = node.firstNamedChild;
  if (expression?.type === 'assignment') {
    const value = expression.childForFieldName('right');
    if (value) emitExpression(value, emit);
  } else if (expression?.type === 'augmented_assignment') {
    emit(statementText(node));
  } else if (expression && isUnittestAssertion(expression)) {
    const [first, second, ...rest] = expression.childForFieldName('arguments')?.namedChildren ?? [];
    if (first && second && /\.assert(Not)?In$/.test(expression.childForFieldName('function')?.text ?? '')) {
      emit(`${first.text} in ${second.text}`);
    }
    for (const argument of [first, second, ...rest]) if (argument) emitExpression(argument, emit);
    return;
  } else if (expression) {
    emitExpression(expression, emit);
  }
  prefix.push(statementText(node));
}

/** A statement as it reads at the left margin. */
const statementText = (node: SyntaxNode): string => outdented(node.text, node.startPosition.column);

/** Emits a block as a whole, without its assertions, unless it is long or expects an exception. */
function visitBlock(node: SyntaxNode, prefix: string[], emit: (source: string) => void): void {
  const plain = withoutAssertions(node);
  const lines = node.endPosition.row - node.startPosition.row;
  if (plain !== undefined && lines < LONGEST_BLOCK_LINES) emit(plain);
  prefix.push(plain ?? statementText(node));
}

const bodyOf = (node: SyntaxNode): SyntaxNode[] => node.childForFieldName('body')?.namedChildren ?? [];

/** Visits the body of a block after statements that replace its head; later statements do not see what it binds. */
function visitInside(
  node: SyntaxNode,
  head: readonly string[] | undefined,
  prefix: readonly string[],
  emit: (source: string) => void,
): void {
  if (!head) return;
  const inner = [...prefix, ...head];
  for (const statement of bodyOf(node)) {
    visitStatement(statement, inner, (source) => {
      emit(selfContained(inner.slice(prefix.length), source));
    });
  }
}

/** The code of an input inside a block: the statements before it in the block, then the expression. */
const selfContained = (bindings: readonly string[], source: string): string =>
  [...bindings, source].join('\n');

/** Emits the parts of `node` that are worth observing on their own. */
function emitExpression(node: SyntaxNode, emit: (source: string) => void): void {
  if (node.type === 'parenthesized_expression' || node.type === 'not_operator') {
    if (node.firstNamedChild) emitExpression(node.firstNamedChild, emit);
    return;
  }
  if (node.type === 'comparison_operator' || node.type === 'boolean_operator') {
    for (const operand of node.namedChildren) emitExpression(operand, emit);
  }
  if (node.type === 'keyword_argument') {
    const value = node.childForFieldName('value');
    if (value) emitExpression(value, emit);
    return;
  }
  if (node.type === 'lambda') {
    const body = node.childForFieldName('body');
    if (body && !node.childForFieldName('parameters')) emitExpression(body, emit);
    return;
  }
  if (!containsValue(node)) return;
  emit(expressionText(node));
  const free = freeNames(node.text);
  // A name that is not free in the whole is bound inside it, by a lambda or a comprehension.
  const standsAlone = (call: SyntaxNode) => [...freeNames(call.text)].every((name) => free.has(name));
  const nested = node.descendantsOfType('call').filter((call) => call.id !== node.id && standsAlone(call));
  for (const call of nested.slice(0, NESTED_CALLS)) emit(expressionText(call));
}

/** A multi-line expression needs parentheses once it stands alone. */
const expressionText = (node: SyntaxNode): string =>
  node.text.includes('\n') ? `(${node.text})` : node.text;

function containsValue(node: SyntaxNode): boolean {
  return VALUE_NODES.has(node.type) || node.namedChildren.some(containsValue);
}
