import type { SyntaxNode } from '../../python/python-parser.js';

/** A class of the user's, as code under test meets them: valid Python that does not behave like a builtin. */
export interface UnusualClass {
  /** An instance in place of `node`; undefined where this class does not fit. */
  readonly instance: (node: SyntaxNode) => string | undefined;
  readonly definition: string;
  /** Whether code that takes what stood in this place promises to take an instance. */
  readonly promised: (place: SyntaxNode | null) => boolean;
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
/** Where any value may stand. */
const HOLDERS = new Set([...LITERALS, 'return_statement']);
/** What asks both operands. */
const OPERATIONS = new Set(['binary_operator', 'comparison_operator']);

/** The method that answers for a right operand where the left one does not, by operator. */
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

/** A subclass does for its base class everywhere. */
const everywhere = () => true;
/** What a container holds or a function of the user's returns may be anything; what a function is given may not. */
const inContainer = (place: SyntaxNode | null) => HOLDERS.has(place?.type ?? '');
const inOperator = (place: SyntaxNode | null) => OPERATIONS.has(place?.type ?? '');
const always = (constructor: string) => () => constructor;
const around = (name: string, fits: (node: SyntaxNode) => boolean) => (node: SyntaxNode) =>
  fits(node) ? `${name}(${node.text})` : undefined;
/** A class that adds nothing to its builtin base, in place of the literals of that. */
const subclass = (name: string, base: string, literal: string): UnusualClass => ({
  instance: around(name, ({ type }) => type === literal),
  promised: everywhere,
  definition: `class ${name}(${base}):\n    pass`,
});

/** Answers one operator that its other operand leaves to it, and nothing else. */
function reflecting(operator: string, method: string): [string, UnusualClass] {
  const name = `Reflects${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  return [
    name,
    {
      instance: (node) => (rightOf(node) === operator ? `${name}()` : undefined),
      promised: inOperator,
      definition: `class ${name}:\n    def __${method}__(self, other):\n        return 'reflected'`,
    },
  ];
}

/** The operator that a node is the right operand of. */
export function rightOf({ id, parent }: SyntaxNode): string | undefined {
  if (!parent || !OPERATIONS.has(parent.type) || parent.namedChildren.length !== 2) return undefined;
  return parent.namedChildren[1]?.id === id ? parent.children.find((part) => !part.isNamed)?.text : undefined;
}

export const UNUSUAL_CLASSES: Readonly<Record<string, UnusualClass>> = {
  ...Object.fromEntries(Object.entries(REFLECTED).map((entry) => reflecting(...entry))),
  /** Cannot be compared, as arrays whose comparison has no one truth. */
  Incomparable: {
    instance: always('Incomparable()'),
    promised: inContainer,
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
    promised: inContainer,
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
    promised: inContainer,
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
    promised: everywhere,
    definition: 'class Mapping(dict):\n    def __missing__(self, key):\n        return None',
  },
};
