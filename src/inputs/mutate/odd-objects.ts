import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { MutationContext } from './operators.js';

/** A class of the user's, as code under test meets them: valid Python that does not behave like a builtin. */
interface OddClass {
  /** An instance in place of `node`; undefined where this class does not fit. */
  readonly instance: (node: SyntaxNode) => string | undefined;
  readonly definition: string;
  /** Whether code that takes what stood in this place promises to take an instance. */
  readonly promised: (place: SyntaxNode | null) => boolean;
}

const REFLECTED = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'and', 'or'];

/** A subclass does for its base class everywhere. */
const everywhere = () => true;
/** What a container holds or a function of the user's returns may be anything; what a function is given may not. */
const inContainer = (place: SyntaxNode | null) => HOLDERS.has(place?.type ?? '');
const inOperator = (place: SyntaxNode | null) => place?.type === 'binary_operator' || inContainer(place);
const always = (constructor: string) => () => constructor;
const around = (name: string, fits: (node: SyntaxNode) => boolean) => (node: SyntaxNode) =>
  fits(node) ? `${name}(${node.text})` : undefined;
/** A class that adds nothing to its builtin base, in place of the literals of that. */
const subclass = (name: string, base: string, literal: string): OddClass => ({
  instance: around(name, ({ type }) => type === literal),
  promised: everywhere,
  definition: `class ${name}(${base}):\n    pass`,
});

const ODD_CLASSES: Readonly<Record<string, OddClass>> = {
  /** Answers every operator that its other operand leaves to it. */
  Reflecting: {
    instance: always('Reflecting()'),
    promised: inOperator,
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

/** Odd results of one function of the user's: what it returns goes through everything that calls it. */
const RETURNED = 3;
/** Where any value may stand. */
const HOLDERS = new Set([...LITERALS, 'return_statement']);

/**
 * Arguments, operands and items become instances of classes that the code under test does not know: of one that it
 * should take and of one that it need not.
 */
export function oddObject(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  const place = node.parent?.type ?? '';
  const isPart = place === 'argument_list' || place === 'binary_operator' || HOLDERS.has(place);
  if (!isPart || !(LITERALS.has(node.type) || node.type === 'identifier' || node.type === 'call')) return [];
  const all = Object.values(ODD_CLASSES).flatMap(({ instance }) => instance(node) ?? []);
  const [welcome, uninvited] = [false, true].map((unasked) =>
    all.filter((replacement) => isUninvited(node, replacement) === unasked),
  );
  const wanted = place === 'return_statement' ? RETURNED : 1;
  return [...random.sample(welcome ?? [], wanted), ...random.sample(uninvited ?? [], 1)];
}

/** The definition that a replacement of `oddObject` needs to stand before it. */
export function oddDefinition(replacement: string): string | undefined {
  return classOf(replacement)?.definition;
}

/** Whether `replacement` is an odd object that nobody promises to take where `node` stands. */
export function isUninvited(node: SyntaxNode, replacement: string): boolean {
  return classOf(replacement)?.promised(node.parent) === false;
}

function classOf(replacement: string): OddClass | undefined {
  const name = /^(\w+)\(/.exec(replacement)?.[1] ?? '';
  return Object.hasOwn(ODD_CLASSES, name) ? ODD_CLASSES[name] : undefined;
}
