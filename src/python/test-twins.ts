import { parsePython, type SyntaxNode } from './python-parser.js';
import { definitionOf, nameOf, partsOf } from './syntax.js';

/** Copies of a test under other names, in a copy of its file. */
export interface Twin {
  /** Name of the test's function. */
  readonly original: string;
  /** The same test. */
  readonly same: string;
  /** The same but that it asks for another value, so that it must fail; undefined where no value can be told. */
  readonly altered?: string;
}

/**
 * Adds twins of tests to the source of their file, each behind the test itself.
 * @param names of the tests' functions and methods
 * @param rename gives another name at each call
 */
export function withTwins(
  source: string,
  names: readonly string[],
  rename: () => string,
): { readonly source: string; readonly twins: readonly Twin[] } {
  const wanted = new Set(names);
  const edits: Edit[] = [];
  const twins: Twin[] = [];
  for (const statement of testsIn(parsePython(source))) {
    const node = definitionOf(statement)?.node;
    const name = node?.childForFieldName('name');
    if (!node || !name || !wanted.delete(nameOf(node))) continue;
    const renamed = (text: string): Edit => ({ start: name.startIndex, end: name.endIndex, text });
    const literal = askedFor(node);
    const same = rename();
    const altered = literal && rename();
    const copies = [copyOf(statement, [renamed(same)])];
    if (literal && altered) copies.push(copyOf(statement, [renamed(altered), alteration(literal)]));
    edits.push({ start: statement.endIndex, end: statement.endIndex, text: copies.join('') });
    twins.push({ original: nameOf(node), same, ...(altered === undefined ? {} : { altered }) });
  }
  return { source: edited(source, 0, edits), twins };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Functions of a module and methods of its classes, with their decorators. */
function* testsIn(scope: SyntaxNode): Generator<SyntaxNode> {
  for (const statement of partsOf(scope)) {
    const node = definitionOf(statement)?.node;
    if (node?.type === 'function_definition') yield statement;
    else if (node) yield* testsIn(node.childForFieldName('body') ?? node);
  }
}

/** A statement on lines of its own, edited. */
function copyOf(statement: SyntaxNode, edits: readonly Edit[]): string {
  const { source, startIndex } = statement;
  const indentation = source.slice(source.lastIndexOf('\n', startIndex - 1) + 1, startIndex);
  return `\n\n${indentation}${edited(statement.text, startIndex, edits)}`;
}

/** A text with its parts replaced; `start` is where the text stands in the source that the edits speak of. */
function edited(text: string, start: number, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (changed, edit) => changed.slice(0, edit.start - start) + edit.text + changed.slice(edit.end - start),
      text,
    );
}

/** The first text or number in what a test compares a result with. */
function askedFor(test: SyntaxNode): SyntaxNode | undefined {
  for (const node of test.walk()) {
    for (const operand of operandsOf(node)) {
      for (const part of operand.walk()) if (isPlainLiteral(part)) return part;
    }
  }
  return undefined;
}

/** What an assertion that two values are equal compares, the likely expectation first. */
function operandsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'assert_statement') {
    const [condition] = partsOf(node);
    if (condition?.type !== 'comparison_operator') return [];
    const isEquality = condition.children.some(({ type }) => type === '==');
    const [left, right, ...more] = partsOf(condition);
    if (!isEquality || !left || !right || more.length > 0) return [];
    return isValue(right) || !isValue(left) ? [right] : [left];
  }
  if (node.type !== 'call') return [];
  const called = node.childForFieldName('function')?.text ?? '';
  const [left, right] = partsOf(node.childForFieldName('arguments') ?? node);
  if (!/\bassert\w*Equals?$/.test(called) || /Not|Almost/.test(called) || !left || !right) return [];
  return isValue(right) || !isValue(left) ? [right] : [left];
}

const VALUES = new Set([
  'string',
  'integer',
  'float',
  'list',
  'tuple',
  'dictionary',
  'set',
  'concatenated_string',
]);
const isValue = ({ type }: SyntaxNode): boolean => VALUES.has(type);

const isPlainLiteral = (node: SyntaxNode): boolean =>
  node.type === 'integer' ||
  node.type === 'float' ||
  (node.type === 'string' && /^[brBRuU]*['"]/.test(node.text));

function alteration(literal: SyntaxNode): Edit {
  const { startIndex: start, endIndex: end, text } = literal;
  if (literal.type !== 'string') return { start, end, text: `(${text} + 1)` };
  const quote = /("""|'''|"|')$/.exec(text)?.[1] ?? '"';
  return { start, end, text: `${text.slice(0, -quote.length)}~${quote}` };
}
