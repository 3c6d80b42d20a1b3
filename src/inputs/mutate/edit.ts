import type { SyntaxNode } from '../../python/python-parser.js';

/**
 * The text of `root` with `node` replaced; both belong to the tree of that text. The replacement gets
 * parentheses where a neighbouring operator could otherwise bind to a part of it.
 */
export function replaceNode(root: SyntaxNode, node: SyntaxNode, replacement: string): string {
  const text = root.text;
  const offset = root.startIndex;
  const bound = BINDING_PARENTS.has(node.parent?.type ?? '') && !isAtom(replacement);
  return (
    text.slice(0, node.startIndex - offset) +
    (bound ? `(${replacement})` : replacement) +
    text.slice(node.endIndex - offset)
  );
}

const BINDING_PARENTS = new Set([
  'attribute',
  'call',
  'subscript',
  'binary_operator',
  'unary_operator',
  'comparison_operator',
  'not_operator',
  'await',
]);

/**
 * Whether a text is clearly one name, call or bracketed expression. Decided by its brackets instead of by parsing, since
 * it is asked for every possible mutant. False in case of doubt, as parentheses do no harm.
 */
function isAtom(text: string): boolean {
  if (/^[A-Za-z_]\w*$/.test(text)) return true;
  if (!/^[\w.]*[([{]/.test(text) || /['"#]/.test(text)) return false;
  let depth = 0;
  for (const bracket of text.matchAll(/[([{]|[)\]}]/g)) {
    depth += '([{'.includes(bracket[0]) ? 1 : -1;
    if (depth === 0) return bracket.index === text.length - 1;
  }
  return false;
}

/** Every node of the tree below `root`, in preorder. */
export function descendants(root: SyntaxNode): SyntaxNode[] {
  return [root, ...root.namedChildren.flatMap(descendants)];
}

const ATOMS = new Set([
  'identifier',
  'integer',
  'float',
  'string',
  'true',
  'false',
  'none',
  'call',
  'attribute',
  'subscript',
  'list',
  'tuple',
  'dictionary',
  'set',
  'parenthesized_expression',
]);

/** The node's text, in parentheses unless it is an atom, so that an operator can be put next to it. */
export function atomText(node: SyntaxNode): string {
  return ATOMS.has(node.type) ? node.text : `(${node.text})`;
}

/** The name of the function or method that a call calls, without what is before the dot: `Derivative`, `subs`. */
export function calleeName(call: SyntaxNode): string | undefined {
  const callee = call.childForFieldName('function');
  const name = callee?.type === 'attribute' ? callee.childForFieldName('attribute') : callee;
  return name?.type === 'identifier' ? name.text : undefined;
}

/** The arguments of a call; empty for `f(x for x in y)`, which has no argument list. */
export function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  const list = call.childForFieldName('arguments');
  return list?.type === 'argument_list' ? list.namedChildren.filter((node) => node.type !== 'comment') : [];
}
