import { indexModule } from '../../analysis/slice.js';
import type { ModuleIndex } from '../../analysis/module-index.js';
import { freeNames } from '../../analysis/names.js';
import { parametersOf, requiredParameters } from '../../analysis/parameters.js';
import type { SyntaxNode } from '../../analysis/python-parser.js';
import { definitionOf, nameOf, statementsOf } from '../../analysis/syntax.js';
import type { Seed } from '../../model/input.js';
import { fixturesIn, fixtureStatements } from './fixtures.js';
import { parameterSets } from './parametrize.js';
import { bodyOfTest, isSuspended } from './test-body.js';
import { unfoldSelf } from './self-variables.js';
import { selfStatements, testClassesOf, type TestClass } from './test-classes.js';

/** Tests that their authors keep from running, or that take long. */
const LEFT_OUT = /^@\s*(\w+\.)*(skip|slow|nocache_fail|disabled)\b/;

/**
 * The tests of a file as plain programs that need no test runner: the body's statements at top level, and as
 * prelude only what they need of the module. Parametrized tests give up to five seeds; tests that wait
 * (async, generators) or need fixtures that are not plain functions of the same file give none.
 */
export function seedsFromTestFile(file: string, source: string): Seed[] {
  const index = indexModule(source, file);
  const functions = testsIn(index.root).flatMap((test) => seedsOfTest(file, index, test));
  const methods = testClassesOf(index.root).flatMap((testClass) =>
    testsIn(testClass.node).flatMap((test) => seedsOfTest(file, index, test, testClass)),
  );
  return [...functions, ...methods];
}

interface Test {
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
}

function testsIn(scope: SyntaxNode): Test[] {
  return statementsOf(scope).flatMap((statement) => {
    const test = definitionOf(statement);
    if (test?.node.type !== 'function_definition' || !nameOf(test.node).startsWith('test')) return [];
    return isSuspended(test.node) || test.decorators.some(({ text }) => LEFT_OUT.test(text)) ? [] : [test];
  });
}

function seedsOfTest(file: string, index: ModuleIndex, test: Test, testClass?: TestClass): Seed[] {
  const given = parameterSets([...test.decorators, ...(testClass?.decorators ?? [])]);
  const body = bodyOfTest(test.node);
  if (!given || body.length === 0) return [];
  const required = requiredParameters(parametersOf(test.node)).map(({ name }) => name);
  const wanted = (testClass ? required.slice(1) : required).filter((name) => !given.names.has(name));
  const fixtures = fixtureStatements(wanted, {
    module: fixturesIn(index.root),
    class: testClass
      ? new Map(testClass.lineage.toReversed().flatMap((node) => [...fixturesIn(node)]))
      : new Map(),
  });
  if (!fixtures) return [];
  const setUp = testClass && needsSelf([...fixtures, ...body]) ? selfStatements(testClass) : [];
  const label = testClass ? `${nameOf(testClass.node)}.${nameOf(test.node)}` : nameOf(test.node);
  return given.sets.map((set, position) => {
    const whole = { setUp, statements: [...fixtures, ...set, ...body] };
    const prelude = index.slice(freeNames([...setUp, ...whole.statements].join('\n')));
    const name = given.sets.length > 1 ? `${label}[${position}]` : label;
    return {
      id: `test:${file}::${name}`,
      origin: 'test',
      file,
      line: test.node.startPosition.row + 1,
      label: name,
      prelude,
      ...(setUp.length > 0 ? unfoldSelf(whole, prelude) : whole),
    };
  });
}

function needsSelf(statements: readonly string[]): boolean {
  return freeNames(statements.join('\n')).has('self');
}
