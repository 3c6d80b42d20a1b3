import { parsePython, type SyntaxNode } from '../python/python-parser.js';
import { partsOf } from '../python/syntax.js';

const VALUES = new Set([
  'call',
  'attribute',
  'subscript',
  'binary_operator',
  'unary_operator',
  'comparison_operator',
  'boolean_operator',
  'not_operator',
  'conditional_expression',
  'list',
  'tuple',
  'set',
  'dictionary',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
  'parenthesized_expression',
]);

/** Nodes that may bind names which have no meaning outside of them. */
const SCOPES = /^(lambda|function_definition|class_definition|\w+_comprehension|generator_expression)$/;

/** Variants of a program that ends in an expression, with that replaced by a value inside it; the longest first. */
export function subExpressions(source: string): string[] {
  const last = partsOf(parsePython(source)).at(-1);
  const [whole] = last?.type === 'expression_statement' ? partsOf(last) : [];
  if (!last || !whole) return [];
  const inside = [...whole.walk((node) => !SCOPES.test(node.type))].filter(
    (node) => node.id !== whole.id && VALUES.has(node.type) && !isCallee(node),
  );
  return inside
    .sort((a, b) => b.endIndex - b.startIndex - (a.endIndex - a.startIndex))
    .map((node) => edit(source, last, node.text.includes('\n') ? `(${node.text})` : node.text));
}

/** Whether a node is the callee of a call: the `x.f` of `x.f()` is a value too, but rarely of interest. */
const isCallee = (node: SyntaxNode): boolean => node.parent?.type === 'call' && node.field === 'function';

/** Variants of a program with one part of an expression dropped or replaced by a part of itself, or a literal shortened. */
export function reducedExpressions(source: string): string[] {
  const nodes = [...parsePython(source).walk(({ type }) => type !== 'string')];
  const bySize = nodes.sort((a, b) => b.endIndex - b.startIndex - (a.endIndex - a.startIndex));
  const steps = [withoutPart, children, smallerLiterals];
  return steps.flatMap((step) =>
    bySize.flatMap((node) => step(node).map((text) => edit(source, node, text))),
  );
}

const LISTS = new Set(['argument_list', 'list', 'tuple', 'set', 'dictionary']);

/** An argument list or container without one of its parts. */
function withoutPart(node: SyntaxNode): string[] {
  if (!LISTS.has(node.type)) return [];
  const parts = partsOf(node).map(({ text }) => text);
  const [open, close] = [node.text.slice(0, 1), node.text.slice(-1)];
  return parts.map((_, index) => {
    const kept = parts.filter((__, other) => other !== index);
    if (kept.length === 0 && node.type === 'set') return 'set()';
    return open + kept.join(', ') + (node.type === 'tuple' && kept.length === 1 ? ',' : '') + close;
  });
}

const CHILD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  binary_operator: ['left', 'right'],
  boolean_operator: ['left', 'right'],
  unary_operator: ['argument'],
  not_operator: ['argument'],
  attribute: ['object'],
  subscript: ['value'],
  keyword_argument: ['value'],
};

/** Parts that can replace a node: its operands, its object, its arguments. */
function children(node: SyntaxNode): string[] {
  if (node.type === 'call') return callParts(node);
  if (node.type === 'parenthesized_expression' || node.type === 'conditional_expression') {
    return partsOf(node).map(atom);
  }
  return (CHILD_FIELDS[node.type] ?? []).flatMap((field) => {
    const child = node.childForFieldName(field);
    return child ? [atom(child)] : [];
  });
}

function callParts(call: SyntaxNode): string[] {
  const callee = call.childForFieldName('function');
  const object = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
  const list = call.childForFieldName('arguments');
  const values =
    list?.type === 'argument_list' ? partsOf(list).filter(({ type }) => VALUE_ARGUMENT.test(type)) : [];
  return [...(object ? [object] : []), ...values].map(atom);
}

const VALUE_ARGUMENT = /^(?!keyword_argument|list_splat|dictionary_splat)/;

/** Shorter literals of the same kind. */
function smallerLiterals(node: SyntaxNode): string[] {
  switch (node.type) {
    case 'integer':
      return ['0', '1', node.text.slice(0, Math.ceil(node.text.length / 2))].filter((text) =>
        /^(0|[1-9]\d*)$/.test(text),
      );
    case 'float':
      return ['0.0', '1.0', '0.5'];
    case 'string':
      return /^[bB]?['"]/.test(node.text) ? shorterStrings(node) : [];
    default:
      return [];
  }
}

function shorterStrings(node: SyntaxNode): string[] {
  const prefix = /^[bB]/.test(node.text) ? 'b' : '';
  const content = node.children.find(({ type }) => type === 'string_content')?.text ?? '';
  const half = content.slice(0, Math.ceil(content.length / 2));
  return ['', 'a', ...(/^[\w ]+$/.test(half) ? [half] : [])].map((text) => `${prefix}'${text}'`);
}

/** A node's text, in parentheses where it needs them to stand anywhere in an expression. */
function atom(node: SyntaxNode): string {
  return /operator$|^(conditional_expression|lambda|await|named_expression)$/.test(node.type)
    ? `(${node.text})`
    : node.text;
}

const edit = (source: string, node: SyntaxNode, text: string): string =>
  source.slice(0, node.startIndex) + text + source.slice(node.endIndex);
