import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { Target } from '../../model/target.js';
import type { Random } from '../random.js';
import { argumentsOf, atomText, calleeName } from './edit.js';
import { literalType } from './literal-type.js';
import { objectView } from './object-views.js';
import { oddObject } from './odd-objects.js';
import { kindOf, type FragmentPool } from './pool.js';
import type { ReturnTypes } from './return-types.js';
import { askAfter, closeEarly, enterAgain, repeatedly } from './sequences.js';
import { tableEdit, tableLiteral, type Table } from './table-edits.js';
import { textEdit } from './text-edits.js';

/** What an operator may draw on, whatever the input. */
export interface MutationMaterial {
  /** Only fragments whose names are bound where the mutant will run. */
  readonly pool: FragmentPool;
  readonly returns: ReturnTypes;
  readonly targets: readonly Target[];
  /** Public tables beside the targets. */
  readonly tables: readonly Table[];
  readonly random: Random;
}

/** What an operator may draw on when it changes a certain input. */
export interface MutationContext extends MutationMaterial {
  /** Literals of the input itself, its set-up among them. */
  readonly ownLiterals: readonly { readonly text: string; readonly type: string | undefined }[];
}

/** Proposes replacement texts for `node`; an empty list where the operator does not fit. */
export type MutationOperator = (node: SyntaxNode, context: MutationContext) => readonly string[];

/** Drawn per node from a pool that may hold thousands. */
const SAMPLE = 6;

const BOUNDARY_INTEGERS = ['0', '1', '-1', '2', '3', '10', '100', '2**63'];
const BOUNDARY_FLOATS = ['0.0', '-0.0', '0.5', '-1.5', '1e300', "float('inf')", "float('nan')"];
const BOUNDARY_STRINGS = ["''", "' '", "'a'", "'a b'", "'A'", "'0'", "'\\u00e9'", "'a\\nb'", "'%s'", "'_'"];

/** Literals become boundary values, neighbours, and the constants of the patches and the issue. */
const literal: MutationOperator = (node, { pool }) => {
  const mined = pool.constants.filter((text) => text !== node.text);
  switch (node.type) {
    case 'integer':
      return [
        `${node.text} + 1`,
        `${node.text} - 1`,
        `-${node.text}`,
        ...BOUNDARY_INTEGERS,
        '0.5',
        'True',
        'None',
      ]
        .concat(mined.filter((text) => /^[\d.]/.test(text)))
        .map((text) => (/^\w+$/.test(text) ? text : `(${text})`));
    case 'float':
      return [`-${node.text}`, ...BOUNDARY_FLOATS, '0', '1', ...mined.filter((text) => /^[\d.]/.test(text))];
    case 'string':
      return [
        ...BOUNDARY_STRINGS,
        `b${node.text}`,
        `${node.text} + ' '`,
        `${node.text}.upper()`,
        `${node.text} * 2`,
      ]
        .concat(mined.filter((text) => /['"]$/.test(text)))
        .filter((text) => !text.startsWith('bb') && !/^b[fruFRU]/.test(text));
    case 'true':
      return ['False', 'None'];
    case 'false':
      return ['True', 'None'];
    case 'none':
      return ['0', "''", '[]', 'True'];
    default:
      return [];
  }
};

/** A literal becomes another of the same input, or its neighbour: two quantities that meet are a boundary. */
const ownLiteral: MutationOperator = (node, { ownLiterals }) => {
  const type = literalType(node);
  if (!['integer', 'float', 'string'].includes(node.type)) return [];
  const others = ownLiterals.filter((own) => own.text !== node.text && own.type === type);
  return others.flatMap(({ text }) =>
    node.type === 'integer' ? [text, `(${text} + 1)`, `(${text} - 1)`] : [text],
  );
};

/** Containers lose, gain, repeat and reorder elements. */
const container: MutationOperator = (node) => {
  if (node.type !== 'list' && node.type !== 'tuple') return [];
  const items = node.namedChildren.filter((child) => child.type !== 'comment').map((child) => child.text);
  const build = (parts: readonly string[]) =>
    node.type === 'list' ? `[${parts.join(', ')}]` : `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
  const variants = [[], items.slice(1), items.slice(0, 1), items.slice(0, -1), [...items].reverse()];
  variants.push([...items, ...items], [...items, ...items.slice(-1)]);
  return [...variants.map(build), node.type === 'list' ? `tuple(${node.text})` : `list(${node.text})`];
};

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

/** Operands change places, operators change, one operand is taken alone. */
const operands: MutationOperator = (node) => {
  if (node.type !== 'binary_operator') return [];
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (!left || !right) return [];
  const [a, b] = [atomText(left), atomText(right)];
  return [`${b} ${operator} ${a}`, ...(SWAPS[operator] ?? []).map((swap) => `${a} ${swap} ${b}`), a, b].map(
    (text) => `(${text})`,
  );
};

/** `a + b` becomes `a += b` on a name of its own: what happens to `a` shows. Only for a whole input. */
const inPlace: MutationOperator = (node) => {
  if (node.type !== 'binary_operator' || node.parent?.type !== 'expression_statement') return [];
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (!left || !right) return [];
  return [`before = after = ${left.text}\nafter ${operator}= ${right.text}\n(before, after)`];
};

/** A value is replaced by another of the same kind, or by anything else the module passes around. */
const fragment: MutationOperator = (node, { pool, random }) => {
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

/** An argument is replaced by one seen in another call of the same function. */
const sameCallee: MutationOperator = (node, { pool, random }) => {
  const list = node.parent;
  if (list?.type !== 'argument_list' || !list.parent) return [];
  const seen = pool.arguments.get(calleeName(list.parent) ?? '') ?? [];
  const usable = seen.filter((other) => other.text !== node.text);
  return random.sample(usable, 2 * SAMPLE).map(({ text }) => text);
};

/** A call loses, repeats, swaps or nests its arguments, or gains one that other calls have in that place. */
const argumentShape: MutationOperator = (node, { pool }) => {
  if (node.type !== 'call') return [];
  const callee = node.childForFieldName('function')?.text ?? '';
  const parts = argumentsOf(node).map((argument) => argument.text);
  const [first, second, ...rest] = parts;
  const variants: (readonly string[])[] = parts.map((_, index) =>
    parts.filter((__, other) => other !== index),
  );
  if (first !== undefined && second !== undefined) variants.push([second, first, ...rest]);
  if (first !== undefined) variants.push([node.text, ...parts.slice(1)], [`[${first}]`, ...parts.slice(1)]);
  if (first !== undefined && !first.includes('=')) variants.push([first, ...parts]);
  const name = calleeName(node) ?? '';
  for (const { text } of pool.arguments.get(`${name}#${parts.length}`) ?? []) variants.push([...parts, text]);
  return variants.map((variant) => `${callee}(${variant.join(', ')})`);
};

/**
 * All calls of one function in a container get the same argument in one place, as another call of it has it: one
 * more at the end, or another where they all have the same.
 */
const everyCall: MutationOperator = (node, { pool }) => {
  if (!['list', 'tuple', 'argument_list', 'set'].includes(node.type)) return [];
  const calls = node.namedChildren.filter(({ type }) => type === 'call');
  const name = calls[0] && calleeName(calls[0]);
  if (name === undefined || calls.length < 2 || calls.some((call) => calleeName(call) !== name)) return [];
  const rows = calls.map((call) => argumentsOf(call).map(({ text }) => text));
  const count = Math.max(...rows.map(({ length }) => length));
  const places = Array.from({ length: count + 1 }, (_, place) => place).filter((place) =>
    rows.every((row) => row[place] === rows[0]?.[place] && row.length >= place),
  );
  return places.flatMap((place) =>
    (pool.arguments.get(`${name}#${place}`) ?? [])
      .filter(({ text }) => text !== rows[0]?.[place])
      .map(({ text }) => withArgument(node, calls, place, text)),
  );
};

/** The text of a container with one argument of all its calls replaced, or added at the end. */
function withArgument(node: SyntaxNode, calls: readonly SyntaxNode[], place: number, text: string): string {
  return calls.reduceRight((whole, call) => {
    const parts = argumentsOf(call).map((argument) => argument.text);
    const callee = call.childForFieldName('function')?.text ?? '';
    const changed = `${callee}(${[...parts.slice(0, place), text, ...parts.slice(place + 1)].join(', ')})`;
    const start = call.startIndex - node.startIndex;
    return whole.slice(0, start) + changed + whole.slice(start + call.text.length);
  }, node.text);
}

/** A keyword argument of the changed function, or one seen in another call of it, is added. */
const keyword: MutationOperator = (node, { pool, targets, random }) => {
  const name = node.type === 'call' ? calleeName(node) : undefined;
  if (!name) return [];
  const present = argumentsOf(node).map((argument) => argument.childForFieldName('name')?.text);
  const add = (key: string, value: string) =>
    node.text.replace(/,?\s*\)$/, `${argumentsOf(node).length > 0 ? ', ' : ''}${key}=${value})`);
  const declared = targets
    .filter((target) => answersTo(target, name))
    .flatMap((target) => Object.values(target.definitions).flatMap((definition) => definition.parameters))
    .filter((parameter) => parameter.defaultText !== undefined && !present.includes(parameter.name))
    .flatMap((parameter) =>
      alternatives(parameter.defaultText ?? '').map((value) => add(parameter.name, value)),
    );
  const seen = [...pool.arguments]
    .filter(([key]) => key.startsWith(`${name}/`) && !present.includes(key.slice(name.length + 1, -1)))
    .flatMap(([key, values]) => values.map((value) => add(key.slice(name.length + 1, -1), value.text)));
  return [...random.sample(declared, 2 * SAMPLE), ...random.sample(seen, SAMPLE)];
};

/** Whether calling `name` can run the target: its own name, or its class's for a method. */
const answersTo = (target: Target, name: string): boolean => target.qualname.split('.').includes(name);

function alternatives(defaultText: string): string[] {
  if (defaultText === 'True') return ['False', 'None'];
  if (defaultText === 'False') return ['True', 'None'];
  if (defaultText === 'None') return ['True', 'False', '0', '1', "''", "'a'", '[]'];
  if (/^-?\d/.test(defaultText)) return ['0', '1', '2', '-1', 'None'];
  if (/^['"]/.test(defaultText)) return ["''", "'a'", 'None'];
  return ['None', 'True', '[]'];
}

/** Values are wrapped, negated, converted; chained to methods seen elsewhere and to the changed members. */
const wrap: MutationOperator = (node, { pool, targets, random }) => {
  if (!isValue(node)) return [];
  const text = atomText(node);
  const aimed = targets.flatMap((target) => aimedAt(target, text));
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
  // Whether it can be hashed matters, the hash itself changes from run to run.
  conversions.push(`isinstance(hash(${node.text}), int)`);
  return [...aimed, ...chained, ...random.sample([...shapes, ...conversions], SAMPLE)];
};

/** Ways to reach a changed member from the value `text`: attribute, call, and the function applied to it. */
function aimedAt(target: Target, text: string): string[] {
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

/** The operators by name; the name is recorded with every mutant. */
export const OPERATORS: Readonly<Record<string, MutationOperator>> = {
  'same-callee': sameCallee,
  literal,
  'own-literal': ownLiteral,
  fragment,
  wrap,
  keyword,
  'argument-shape': argumentShape,
  'every-call': everyCall,
  operands,
  container,
  'text-edit': textEdit,
  'in-place': inPlace,
  'odd-object': oddObject,
  'object-view': objectView,
  repeat: repeatedly,
  'ask-after': askAfter,
  'enter-again': enterAgain,
  'close-early': closeEarly,
  'table-edit': tableEdit,
  'table-literal': tableLiteral,
};
