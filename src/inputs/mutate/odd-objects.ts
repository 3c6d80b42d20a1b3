import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { MutationContext } from './operators.js';

/** A class of the user's, as code under test meets them: valid Python that does not behave like a builtin. */
interface OddClass {
  /** An instance in place of `node`; undefined where this class does not fit. */
  readonly instance: (node: SyntaxNode) => string | undefined;
  readonly definition: string;
}

const REFLECTED = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'and', 'or'];

const isNumber = ({ type }: SyntaxNode): boolean => type === 'integer' || type === 'float';
const always = (constructor: string) => () => constructor;
const around = (name: string, fits: (node: SyntaxNode) => boolean) => (node: SyntaxNode) =>
  fits(node) ? `${name}(${node.text})` : undefined;

const ODD_CLASSES: Readonly<Record<string, OddClass>> = {
  /** Answers every operator that its other operand leaves to it. */
  Reflecting: {
    instance: always('Reflecting()'),
    definition: [
      'class Reflecting:',
      ...REFLECTED.flatMap((name) => [
        `    def __r${name}__(self, other):`,
        `        return 'reflected ${name}'`,
      ]),
    ].join('\n'),
  },
  /** Cannot be compared, as arrays whose comparison has no one truth. */
  Incomparable: {
    instance: always('Incomparable()'),
    definition: [
      'class Incomparable:',
      '    def __eq__(self, other):',
      "        raise TypeError('Incomparable does not compare')",
      '    __ne__ = __lt__ = __gt__ = __eq__',
      '    __hash__ = object.__hash__',
    ].join('\n'),
  },
  /** Equal to everything, empty, false and without a hash. */
  Agreeable: {
    instance: always('Agreeable()'),
    definition: [
      'class Agreeable:',
      '    __hash__ = None',
      '    def __eq__(self, other):',
      '        return True',
      '    def __bool__(self):',
      '        return False',
      '    def __len__(self):',
      '        return 0',
    ].join('\n'),
  },
  /** Can be iterated over, once for each time it is asked. */
  Iterates: {
    instance: always('Iterates()'),
    definition: [
      'class Iterates:',
      '    def __iter__(self):',
      '        yield 1',
      '        yield None',
      '        yield 1',
    ].join('\n'),
  },
  Text: {
    instance: around('Text', ({ type }) => type === 'string'),
    definition: 'class Text(str):\n    pass',
  },
  Number: {
    instance: around('Number', isNumber),
    definition: 'class Number(float):\n    pass',
  },
  Items: {
    instance: around('Items', ({ type }) => type === 'list'),
    definition: 'class Items(list):\n    pass',
  },
  Mapping: {
    instance: around('Mapping', ({ type }) => type === 'dictionary'),
    definition: 'class Mapping(dict):\n    def __missing__(self, key):\n        return None',
  },
};

/** A few for each place: most code takes none of them. */
const CLASSES_PER_NODE = 2;

const LITERALS = new Set([
  'integer',
  'float',
  'string',
  'none',
  'true',
  'false',
  'list',
  'dictionary',
  'set',
]);

/** Arguments, operands and items become instances of classes that the code under test does not know. */
export function oddObject(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  const place = node.parent?.type ?? '';
  const isPart = place === 'argument_list' || place === 'binary_operator' || LITERALS.has(place);
  if (!isPart || !(LITERALS.has(node.type) || node.type === 'identifier' || node.type === 'call')) return [];
  const all = Object.values(ODD_CLASSES).flatMap(({ instance }) => instance(node) ?? []);
  return random.sample(all, CLASSES_PER_NODE);
}

/** The definition that a replacement of `oddObject` needs to stand before it. */
export function oddDefinition(replacement: string): string | undefined {
  const name = /^(\w+)\(/.exec(replacement)?.[1] ?? '';
  return Object.hasOwn(ODD_CLASSES, name) ? ODD_CLASSES[name]?.definition : undefined;
}
