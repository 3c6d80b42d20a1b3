import type { SyntaxNode } from './python-parser.js';
import { docstringOf, isDefinition, isLayout } from './syntax.js';

const STATEMENT_END = '\n';
const INDENT = '{\n';
const DEDENT = '}\n';

/** What `tokensOf` leaves out or rewrites, besides comments, docstrings and layout. */
export interface TokenOptions {
  /** Leave this node out altogether. */
  readonly skip?: (node: SyntaxNode) => boolean;
  /** Text to take for an identifier. */
  readonly name?: (identifier: SyntaxNode) => string;
}

/**
 * The tokens of a piece of code, without comments, docstrings and layout. Statement ends and block structure are
 * tokens of their own, so that equal texts mean equal code.
 */
export function tokensOf(node: SyntaxNode, options: TokenOptions = {}): string {
  const tokens: string[] = [];
  const stack: (SyntaxNode | string)[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') tokens.push(next);
    else if (isLayout(next) || next.type === ';' || options.skip?.(next)) continue;
    else if (next.type === 'identifier') tokens.push(options.name?.(next) ?? next.text);
    else if (next.children.length === 0 || next.type === 'string_content') tokens.push(next.text);
    else stack.push(...tokenParts(next, options).reverse());
  }
  return tokens.join(' ');
}

function tokenParts(node: SyntaxNode, options: TokenOptions): (SyntaxNode | string)[] {
  if (node.type !== 'block' && node.type !== 'module') return [...node.children];
  const hasDocstring = node.type === 'module' || (node.parent !== null && isDefinition(node.parent));
  const docstring = hasDocstring ? docstringOf(node) : undefined;
  const parts = node.children
    .filter(
      (child) => child !== docstring && child.type !== ';' && !isLayout(child) && !options.skip?.(child),
    )
    .flatMap((child) => [child, STATEMENT_END]);
  return node.type === 'block' ? [INDENT, ...parts, DEDENT] : parts;
}
