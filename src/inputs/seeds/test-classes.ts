import { parametersOf, requiredParameters } from '../../analysis/parameters.js';
import type { SyntaxNode } from '../../analysis/python-parser.js';
import { definitionOf, nameOf, partsOf, statementsOf } from '../../analysis/syntax.js';

/** A class of tests with those of its base classes that the same module defines, nearest first. */
export interface TestClass {
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
  readonly lineage: readonly SyntaxNode[];
}

/** The test classes of a module: subclasses of some `TestCase`, and plain classes named `Test…`. */
export function testClassesOf(root: SyntaxNode): TestClass[] {
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
    .filter(({ node, lineage }) => nameOf(node).startsWith('Test') || lineage.some(isTestCase));
}

/** Statements that bind `self` to an instance, set up as a test runner would. */
export function selfStatements({ node, lineage }: TestClass): string[] {
  const name = nameOf(node);
  const methods = new Map(
    lineage
      .toReversed()
      .flatMap(methodsOf)
      .map((method) => [nameOf(method), method]),
  );
  const classSetUp = ['setUpClass', 'setup_class'].filter((each) => methods.has(each));
  const setUp = ['setUp', 'setup_method', 'setup'].find((each) => methods.has(each));
  const method = setUp === undefined ? undefined : methods.get(setUp);
  const missing = method ? requiredParameters(parametersOf(method)).length - 1 : 0;
  return [
    ...classSetUp.map((each) => `${name}.${each}()`),
    `self = ${name}()`,
    ...(setUp === undefined ? [] : [`self.${setUp}(${Array(Math.max(0, missing)).fill('None').join(', ')})`]),
  ];
}

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
