import { freeNames } from '../analysis/names.js';
import { parsePython, type SyntaxNode } from '../analysis/python-parser.js';
import type { Input, Seed } from '../model/input.js';
import { inputOfSeed } from './input.js';

/** A compound statement longer than this is run for its effect but not observed whole. */
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
  const prefix: string[] = [];
  const emit = (source: string) => {
    const input = inputOfSeed(seed, [...prefix], source);
    inputs.set(input.id, input);
  };
  for (const statement of seed.statements) {
    for (const node of parsePython(statement).namedChildren) visitStatement(node, prefix, emit);
  }
  return [...inputs.values()];
}

/** Observes what `node` computes, then appends to `prefix` what later statements need of it. */
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
      emitBlock(node, emit);
      unrollOnce(node, prefix, emit);
      prefix.push(statementText(node));
      return;
    case 'with_statement':
      if (expectsException(node)) {
        for (const statement of bodyOf(node)) visitStatement(statement, prefix, emit);
        return;
      }
      emitBlock(node, emit);
      prefix.push(statementText(node));
      return;
    case 'while_statement':
    case 'if_statement':
    case 'try_statement':
      emitBlock(node, emit);
      prefix.push(statementText(node));
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
  } else if (expression && unittestAssertion(expression)) {
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

/** A statement as it reads at the left margin: its continuation lines lose the indentation of its first. */
function statementText(node: SyntaxNode): string {
  const indentation = new RegExp(`^[ \\t]{0,${node.startPosition.column}}`);
  const [first = '', ...rest] = node.text.split('\n');
  return [first, ...rest.map((line) => line.replace(indentation, ''))].join('\n');
}

/** `self.assertEqual(a, b)` and its kin. */
function unittestAssertion(node: SyntaxNode): boolean {
  return (
    node.type === 'call' && /^self\.(assert|fail)\w*$/.test(node.childForFieldName('function')?.text ?? '')
  );
}

/** A block is observed whole unless it asserts: then its failure would be the test's own, not the code's. */
function emitBlock(node: SyntaxNode, emit: (source: string) => void): void {
  const asserts = /\bassert|\braises\b/.test(node.text);
  if (!asserts && node.endPosition.row - node.startPosition.row < LONGEST_BLOCK_LINES)
    emit(statementText(node));
}

/** `with self.assertRaises(E):`, `with pytest.raises(E):`. */
const expectsException = (node: SyntaxNode): boolean =>
  /^with\s[^:]*\b(raises|assertRaises\w*|assertWarns\w*|warns)\(/.test(node.text);

const bodyOf = (node: SyntaxNode): SyntaxNode[] => node.childForFieldName('body')?.namedChildren ?? [];

/** The body of a loop, with the loop's variables bound to the first item. */
function unrollOnce(node: SyntaxNode, prefix: readonly string[], emit: (source: string) => void): void {
  const [variable, items, body] = ['left', 'right', 'body'].map((field) => node.childForFieldName(field));
  if (!variable || !items || !body) return;
  const inner = [...prefix, `${variable.text} = next(iter(${items.text}))`];
  for (const statement of body.namedChildren) {
    visitStatement(statement, inner, (source) => {
      emit(unrolled(inner.slice(prefix.length), source));
    });
  }
}

/** A self-contained input for the inside of a loop: its own bindings, then the expression. */
const unrolled = (bindings: readonly string[], source: string): string => [...bindings, source].join('\n');

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
