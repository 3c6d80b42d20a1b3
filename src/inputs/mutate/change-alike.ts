import type { SyntaxNode } from '../../python/python-parser.js';
import { atomText } from './edit.js';
import type { MutationOperator } from './mutation-operator.js';
import { SAMPLE, type FragmentPool } from './pool.js';

/**
 * Changes neighbouring operands, items or arguments in the same way. What they must have in common, such as a length, a
 * type or a dimension, is kept, while each becomes something that no test uses there.
 */
export const changeAlike: MutationOperator = (node, { pool, random }) => {
  const parts = neighboursOf(node);
  if (parts.length < 2) return [];
  const powers = random.sample(pool.fragments.filter(isNoText), SAMPLE).map(powerOf);
  const calls = random.sample(calledWithOne(pool), SAMPLE).map(callOf);
  return [...powers, ...calls].map((change) => joined(node, parts.map(change)));
};

type Change = (part: SyntaxNode) => string;

const powerOf =
  ({ text }: { readonly text: string }): Change =>
  (part) =>
    `${atomText(part)} ** ${/^\w+$/.test(text) ? text : `(${text})`}`;

const callOf =
  (name: string): Change =>
  (part) =>
    `${name}(${part.text})`;

/** Operands of a binary operator, positional arguments of a call that has no others, items of a list or tuple. */
function neighboursOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (!['binary_operator', 'argument_list', 'list', 'tuple'].includes(node.type)) return [];
  const parts = node.namedChildren;
  return parts.some(({ type }) => /splat|^keyword|^comment|^generator/.test(type)) ? [] : parts;
}

function joined(node: SyntaxNode, parts: readonly string[]): string {
  const [open, close] = node.type === 'list' ? ['[', ']'] : ['(', ')'];
  if (node.type !== 'binary_operator') return `${open}${parts.join(', ')}${close}`;
  const operator = node.childForFieldName('operator')?.text ?? '';
  return `(${parts.map((part) => `(${part})`).join(` ${operator} `)})`;
}

const isNoText = ({ kind }: { readonly kind: string }): boolean => kind !== 'string';

/** Cached by pool, since it is needed for every node of every input. */
const unary = new WeakMap<FragmentPool, readonly string[]>();

/** Functions that the examples call by name with one argument, and never with more. */
function calledWithOne(pool: FragmentPool): readonly string[] {
  const known = unary.get(pool);
  if (known) return known;
  const { fragments, arguments: seen } = pool;
  const called = new Set(fragments.flatMap(({ text }) => /^(\w+)\(/.exec(text)?.[1] ?? []));
  const names = [...called].filter((name) => seen.has(`${name}#0`) && !seen.has(`${name}#1`));
  unary.set(pool, names);
  return names;
}
