import type { SyntaxNode } from './python-parser.js';
import { docstringOf, isDefinition, isLayout } from './syntax.js';

const STATEMENT_END = '\n';
const INDENT = '{\n';
const DEDENT = '}\n';

/** What else `tokensOf` leaves out or replaces. */
export interface TokenOptions {
  /** Whether to leave a node out. */
  readonly skip?: (node: SyntaxNode) => boolean;
  /** The text to use for an identifier, instead of its own. */
  readonly name?: (identifier: SyntaxNode) => string;
}

/** Expressions with operator precedence. They are marked as groups, so that parentheses in the source need no tokens. */
const OPERATIONS = new Set([
  'binary_operator',
  'boolean_operator',
  'comparison_operator',
  'not_operator',
  'unary_operator',
  'conditional_expression',
  'lambda',
  'await',
  'named_expression',
]);
/** All ways to write tuples. */
const TUPLES = new Set(['tuple', 'expression_list', 'tuple_pattern', 'pattern_list']);
/** Nodes in which a trailing comma makes no difference. */
const LISTS = new Set([
  'argument_list',
  'parameters',
  'list',
  'list_pattern',
  'set',
  'dictionary',
  'import_from_statement',
]);

/**
 * The tokens of code, without comments, docstrings and layout, where layout includes quotes, parentheses and trailing
 * commas that make no difference. The ends of statements, blocks and operator groups are tokens of their own, so that
 * equal texts mean equal code.
 */
export function tokensOf(node: SyntaxNode, options: TokenOptions = {}): string {
  const tokens: string[] = [];
  const stack: (SyntaxNode | string)[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') tokens.push(next);
    else if (isLayout(next) || next.type === ';' || options.skip?.(next)) continue;
    else if (next.type === 'identifier') tokens.push(options.name?.(next) ?? next.text);
    else if (isText(next)) tokens.push(next.text);
    else stack.push(...tokenParts(next, options).reverse());
  }
  return tokens.join(' ');
}

/** Whether the text of a node is one token. It is for `{x + 1 = }` in an f-string, which prints its own source text. */
function isText({ type, children }: SyntaxNode): boolean {
  const printsItself = type === 'interpolation' && children.some((child) => child.type === '=');
  return children.length === 0 || type === 'string_content' || printsItself;
}

function tokenParts(node: SyntaxNode, options: TokenOptions): (SyntaxNode | string)[] {
  if (node.type === 'block' || node.type === 'module') return blockParts(node, options);
  const parts = node.children.filter((child) => !isLayout(child));
  if (node.type === 'string') return stringParts(parts);
  if (node.type === 'parenthesized_expression') return parts.slice(1, -1);
  if (OPERATIONS.has(node.type)) return ['⟨', ...parts, '⟩'];
  if (TUPLES.has(node.type)) return ['(,', ...parts.filter(({ type }) => !/^[(),]$/.test(type)), ')'];
  return LISTS.has(node.type) ? withoutLastComma(node, parts) : parts;
}

function blockParts(node: SyntaxNode, options: TokenOptions): (SyntaxNode | string)[] {
  const hasDocstring = node.type === 'module' || (node.parent !== null && isDefinition(node.parent));
  const docstring = hasDocstring ? docstringOf(node) : undefined;
  const parts = node.children
    .filter(
      (child) => child !== docstring && child.type !== ';' && !isLayout(child) && !options.skip?.(child),
    )
    .flatMap((child) => [child, STATEMENT_END]);
  return node.type === 'block' ? [INDENT, ...parts, DEDENT] : parts;
}

/** Uniform quotes for a text without quotes and escapes, and no prefix `u`, as these make no difference. */
function stringParts(parts: readonly SyntaxNode[]): (SyntaxNode | string)[] {
  const [start, ...rest] = parts;
  const content = rest.slice(0, -1);
  if (start === undefined || !content.every(({ type }) => type === 'string_content')) return [...parts];
  const text = content.map((part) => part.text).join('');
  if (/['"\\]/.test(text)) return [...parts];
  const prefix = start.text.toLowerCase().replace(/[u'"]/g, '');
  return [`${prefix}"${text}"`];
}

function withoutLastComma({ type }: SyntaxNode, parts: readonly SyntaxNode[]): SyntaxNode[] {
  const own =
    type === 'import_from_statement' ? parts.filter((part) => !/^[()]$/.test(part.type)) : [...parts];
  const last = type === 'import_from_statement' ? -1 : -2;
  return own.at(last)?.type === ',' ? own.toSpliced(last, 1) : own;
}
