import { parametersOf, requiredParameters } from '../../python/parameters.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import { definitionOf, isDefinition, nameOf, partsOf, statementsOf } from '../../python/syntax.js';
import { bodyOfTest, isSuspended } from './test-body.js';

/** A test class; its lineage is the class itself and the base classes in the same module, nearest first. */
export interface TestClass {
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
  readonly lineage: readonly SyntaxNode[];
}

/**
 * The test classes of a module: subclasses of some `TestCase`, and plain classes named `Test…`.
 * @param foreign whether a base class of another module may be a `TestCase` whatever its name
 */
export function testClassesOf(root: SyntaxNode, foreign = false): TestClass[] {
  const definitions = statementsOf(root).flatMap((statement) => definitionOf(statement) ?? []);
  const classes = definitions.filter(({ node }) => node.type === 'class_definition');
  const byName = new Map(classes.map(({ node }) => [nameOf(node), node]));
  const lineageOf = (node: SyntaxNode, seen: readonly SyntaxNode[] = []): SyntaxNode[] => {
    if (seen.includes(node)) return [];
    const bases = basesOf(node).flatMap((base) => byName.get(base) ?? []);
    return [node, ...bases.flatMap((base) => lineageOf(base, [...seen, node]))];
  };
  return classes
    .map(({ node, decorators }) => ({ node, decorators, lineage: lineageOf(node) }))
    .filter(
      ({ node, lineage }) =>
        lineage.some(isTestCase) ||
        (foreign ? foreignBases(lineage).length > 0 : nameOf(node).startsWith('Test')),
    );
}

/** Whether a class has set-up that its module does not show: a base class of another module that is not unittest's own. */
export const hasForeignBase = ({ lineage }: TestClass): boolean =>
  lineage.some(isTestCase) && foreignBases(lineage).some((base) => !/^(unittest\.)?TestCase$/.test(base));

/** The base classes of a lineage that it does not itself hold; mixins are no tests by themselves. */
function foreignBases(lineage: readonly SyntaxNode[]): string[] {
  const own = new Set(lineage.map(nameOf));
  return lineage
    .flatMap(basesOf)
    .filter((base) => !own.has(base) && base !== 'object' && !base.endsWith('Mixin'));
}

/** Set-up that only a base class of another module shows. */
const INHERITED_SET_UP = "if hasattr(self, 'setup_method'):\n    self.setup_method()";

/** Statements that bind `self` to an instance and set it up as a test runner does, with the body of `setUp` inlined where possible. */
export function selfStatements({ node, lineage }: TestClass): string[] {
  const name = nameOf(node);
  const methods = new Map(
    lineage
      .toReversed()
      .flatMap(methodsOf)
      .map((method) => [nameOf(method), method]),
  );
  const classSetUp = ['setUpClass', 'setup_class'].filter((each) => methods.has(each));
  const setUp = ['setUp', 'setup_method', 'setup'].flatMap((each) => methods.get(each) ?? [])[0];
  return [
    ...classSetUp.map((each) => `${name}.${each}()`),
    `self = ${name}()`,
    ...(setUp ? setUpStatements(setUp) : foreignBases(lineage).length > 0 ? [INHERITED_SET_UP] : []),
  ];
}

/** The body of a `setUp`, or a call of it where the body works only inside the method. */
function setUpStatements(method: SyntaxNode): string[] {
  const parameters = parametersOf(method);
  const standsAlone =
    parameters.length === 1 &&
    parameters[0]?.name === 'self' &&
    !isSuspended(method) &&
    !returnsEarly(method) &&
    !/\bsuper\(|\bglobal\b|\b__\w*[^_\W]\b/.test(method.text);
  if (standsAlone) return bodyOfTest(method);
  const missing = requiredParameters(parameters).length - 1;
  return [`self.${nameOf(method)}(${Array(Math.max(0, missing)).fill('None').join(', ')})`];
}

/** Whether the method itself, not a function inside it, has a `return`. */
const returnsEarly = (method: SyntaxNode): boolean =>
  [...method.walk((node) => node === method || !isDefinition(node))].some(
    ({ type }) => type === 'return_statement',
  );

function methodsOf(node: SyntaxNode): SyntaxNode[] {
  return statementsOf(node).flatMap((statement) => definitionOf(statement)?.node ?? []);
}

function basesOf(node: SyntaxNode): string[] {
  const list = node.childForFieldName('superclasses');
  return list ? partsOf(list).map(({ text }) => text) : [];
}

function isTestCase(node: SyntaxNode): boolean {
  return basesOf(node).some((base) => /(TestCase|Tests?)$/.test(base));
}
