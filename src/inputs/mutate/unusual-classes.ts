import type { SyntaxNode } from '../../python/python-parser.js';

/** A class such as users of the code under test write: valid Python whose objects do not behave like builtins. */
export interface UnusualClass {
  /** Source text of an instance to put in place of `node`; undefined where this class does not fit. */
  readonly instance: (node: SyntaxNode) => string | undefined;
  readonly definition: string;
}

/** Literals of builtins, containers among them. */
export const LITERALS = new Set([
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
/** Operations in which Python asks both operands. */
const OPERATIONS = new Set(['binary_operator', 'comparison_operator']);

/** The method of the right operand that Python calls when the left one returns NotImplemented, by operator. */
const REFLECTED: Readonly<Record<string, string>> = {
  '+': 'radd',
  '-': 'rsub',
  '*': 'rmul',
  '/': 'rtruediv',
  '//': 'rfloordiv',
  '%': 'rmod',
  '**': 'rpow',
  '@': 'rmatmul',
  '&': 'rand',
  '|': 'ror',
  '^': 'rxor',
  '==': 'eq',
  '!=': 'ne',
  '<': 'gt',
  '<=': 'ge',
  '>': 'lt',
  '>=': 'le',
};

const always = (constructor: string) => () => constructor;
const around = (name: string, fits: (node: SyntaxNode) => boolean) => (node: SyntaxNode) =>
  fits(node) ? `${name}(${node.text})` : undefined;
/** A subclass of a builtin that adds nothing, for literals of that builtin. */
const subclass = (name: string, base: string, literal: string): UnusualClass => ({
  instance: around(name, ({ type }) => type === literal),
  definition: `class ${name}(${base}):\n    pass`,
});

/** A class that implements one reflected operator and nothing else. */
function reflecting(operator: string, method: string): [string, UnusualClass] {
  const name = `Reflects${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  return [
    name,
    {
      instance: (node) => (rightOf(node) === operator ? `${name}()` : undefined),
      definition: `class ${name}:\n    def __${method}__(self, other):\n        return 'reflected'`,
    },
  ];
}

/** The operator that a node is the right operand of. */
export function rightOf({ id, parent }: SyntaxNode): string | undefined {
  if (!parent || !OPERATIONS.has(parent.type) || parent.namedChildren.length !== 2) return undefined;
  return parent.namedChildren[1]?.id === id ? parent.children.find((part) => !part.isNamed)?.text : undefined;
}

/** All unusual classes by their names. */
export const UNUSUAL_CLASSES: Readonly<Record<string, UnusualClass>> = {
  ...Object.fromEntries(Object.entries(REFLECTED).map((entry) => reflecting(...entry))),
  /** Raises when compared, like arrays whose comparison has no single truth value. */
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
  /** Equal to everything, empty, false and not hashable. */
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
  /** Can be iterated over, and has no length and no index. */
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
  Text: subclass('Text', 'str', 'string'),
  Whole: subclass('Whole', 'int', 'integer'),
  Real: subclass('Real', 'float', 'float'),
  Items: subclass('Items', 'list', 'list'),
  Mapping: {
    instance: around('Mapping', ({ type }) => type === 'dictionary'),
    definition: 'class Mapping(dict):\n    def __missing__(self, key):\n        return None',
  },
};
