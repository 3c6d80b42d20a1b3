import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import { atomText } from './edit.js';
import type { MutationOperator } from './mutation-operator.js';
import { kindOf, SAMPLE } from './pool.js';

const SWAPS: Readonly<Record<string, readonly string[]>> = {
  '+': ['-', '*'],
  '-': ['+', '*'],
  '*': ['+', '/', '**'],
  '/': ['*', '-', '//'],
  '**': ['*', '-'],
  '//': ['/', '%'],
  '%': ['//', '*'],
  '|': ['&'],
  '&': ['|'],
};

/** Swaps operands, changes the operator, or takes one operand alone. */
export const operands: MutationOperator = (node) => {
  if (node.type !== 'binary_operator') return [];
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (!left || !right) return [];
  const [a, b] = [atomText(left), atomText(right)];
  return [`${b} ${operator} ${a}`, ...(SWAPS[operator] ?? []).map((swap) => `${a} ${swap} ${b}`), a, b].map(
    (text) => `(${text})`,
  );
};

/** Turns `a + b` into `a += b` on a new name, so that a change to `a` itself shows. Only for a whole input. */
export const inPlace: MutationOperator = (node) => {
  if (node.type !== 'binary_operator' || node.parent?.type !== 'expression_statement') return [];
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (!left || !right) return [];
  return [`before = after = ${left.text}\nafter ${operator}= ${right.text}\n(before, after)`];
};

/** Replaces a value by a fragment of the same kind, by a call, or by any other fragment. */
export const fragment: MutationOperator = (node, { pool, random }) => {
  if (!isValue(node)) return [];
  const usable = pool.fragments.filter((other) => other.text !== node.text);
  const kind = kindOf(node);
  const alike = usable.filter((other) => other.kind === kind);
  const calls = usable.filter((other) => other.kind.startsWith('call '));
  return [
    ...random.sample(alike, SAMPLE),
    ...random.sample(calls, SAMPLE),
    ...random.sample(usable, SAMPLE),
  ].map(({ text }) => text);
};

/** Wraps, negates or converts a value, or calls methods seen elsewhere and the changed methods on it. */
export const wrap: MutationOperator = (node, { pool, targets, random }) => {
  if (!isValue(node)) return [];
  const text = atomText(node);
  const ofTargets = targets.flatMap((target) => usesOf(target, text));
  const chained = random.sample(pool.methods, SAMPLE).map((method) => `${text}.${method}()`);
  const shapes = [
    `-${text}`,
    `[${node.text}]`,
    `(${node.text},)`,
    `${text} + ${text}`,
    `${text} * 2`,
    `${text} ** 2`,
  ];
  const conversions = ['str', 'repr', 'list', 'len', 'bool', 'set', 'type', 'iter'].map(
    (name) => `${name}(${node.text})`,
  );
  // Only whether the value can be hashed: the hash itself changes from run to run.
  conversions.push(`isinstance(hash(${node.text}), int)`);
  return [...ofTargets, ...chained, ...random.sample([...shapes, ...conversions], SAMPLE)];
};

/** Reads a public attribute of what the whole input computes: values with the same repr may still differ. */
export const attribute: MutationOperator = (node, { pool, random }) => {
  if (!isValue(node) || node.parent?.type !== 'expression_statement') return [];
  const [often, seldom] = [pool.attributes.slice(0, SAMPLE), pool.attributes.slice(SAMPLE)];
  return [...often, ...random.sample(seldom, SAMPLE)].map((name) => `${atomText(node)}.${name}`);
};

/** Ways to reach a changed method or property from the value `text`. */
function usesOf(target: Target, text: string): string[] {
  const name = target.qualname.split('.').at(-1) ?? '';
  if (target.kind === 'method' && !name.startsWith('_')) {
    const decorators = Object.values(target.definitions).flatMap((definition) => definition.decorators);
    const property = decorators.some((decorator) => /property|cached|deprecated/.test(decorator));
    return property ? [`${text}.${name}`] : [`${text}.${name}()`, `${text}.${name}(${text})`];
  }
  return [];
}

function isValue(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (parent.type === 'call' && parent.childForFieldName('function')?.id === node.id) return false;
  if (parent.type === 'attribute' && node.type === 'identifier' && parent.firstNamedChild?.id !== node.id)
    return false;
  if (parent.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id) return false;
  return [
    'call',
    'identifier',
    'attribute',
    'binary_operator',
    'unary_operator',
    'subscript',
    'list',
    'tuple',
    'dictionary',
  ]
    .concat(['integer', 'float', 'string'])
    .includes(node.type);
}
