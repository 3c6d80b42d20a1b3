import type { HostTest, Seed } from '../../model/input.js';
import { BUILTIN_NAMES } from '../../python/builtin-names.js';
import { docstringText } from '../../python/docstring-text.js';
import type { ModuleIndex } from '../../python/module-index.js';
import { freeNames } from '../../python/names.js';
import { parametersOf, requiredParameters } from '../../python/parameters.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import { definitionOf, docstringOf, nameOf, statementsOf } from '../../python/syntax.js';
import { bodyOfTest, isSuspended } from './test-body.js';
import { hasForeignBase, testClassesOf, type TestClass } from './test-classes.js';

/** Who sets up the methods of test classes, and the name that their file is imported by there. */
export interface Hosting {
  readonly runner: NonNullable<HostTest['runner']>;
  readonly module: string;
  /** The test files that it sets up together. */
  readonly files: readonly string[];
}

/** Decorators that say whether a test runs; what it is set up with does not depend on them. */
const WHETHER = /^@\s*(\w+\.)*(skip\w*|expectedFailure\w*|tag)\b/;
/** Decorators of tests that never run. */
const NEVER = /^@\s*(\w+\.)*skip\b/;

/** The host of code that needs no test of its own: a test without set-up, in Django's own class. */
export const plainDjangoTest = (files: readonly string[]): HostTest => ({
  test: 'django/test/__init__.py::TestCase::test_plain',
  ...{ runner: 'django', module: 'django.test', files, names: ['self'], marks: [] },
});

/**
 * Whether a runner has to set up a class for code of its methods to run: Django's classes need its settings and databases,
 * and those with bases of another module have set-up that cannot be read here.
 */
export const needsHost = (testClass: TestClass, { runner }: Hosting): boolean =>
  runner === 'django' || hasForeignBase(testClass);

/**
 * The methods of the test classes of a file that need a runner, as seeds that run where the method's body would: `self`
 * is the test, set up with its class and decorators. A method that a class inherits in its file is its own.
 */
export function seedsOfHostedMethods(index: ModuleIndex, file: string, hosting: Hosting): Seed[] {
  const classes = testClassesOf(index.root, hosting.runner === 'django').filter((one) =>
    needsHost(one, hosting),
  );
  const own = new Set(classes.map(({ node }) => node));
  const taken = new Set<SyntaxNode>();
  return classes.flatMap(({ node, lineage }) => {
    const inherited = lineage.filter((from) => from === node || !own.has(from)).flatMap(methodsOf);
    // The nearest of a name is the one that runs.
    const nearest = new Map(inherited.toReversed().map((method) => [nameOf(method.node), method.node]));
    const methods = inherited.filter((method) => nearest.get(nameOf(method.node)) === method.node);
    return methods
      .filter((method) => !taken.has(method.node))
      .flatMap((method) => {
        taken.add(method.node);
        return seedOf(method, nameOf(node), index, file, hosting);
      });
  });
}

interface Method {
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
}

const methodsOf = (scope: SyntaxNode): Method[] =>
  statementsOf(scope).flatMap((statement) => {
    const method = definitionOf(statement);
    if (method?.node.type !== 'function_definition' || !nameOf(method.node).startsWith('test')) return [];
    if (isSuspended(method.node) || method.decorators.some(({ text }) => NEVER.test(text))) return [];
    return [method];
  });

function seedOf(
  { node, decorators }: Method,
  className: string,
  index: ModuleIndex,
  file: string,
  { runner, module, files }: Hosting,
): Seed[] {
  const statements = bodyOfTest(node);
  if (statements.length === 0) return [];
  const label = `${className}.${nameOf(node)}`;
  const names = requiredParameters(parametersOf(node)).map(({ name }) => name);
  const marks = decorators.map(({ text }) => text).filter((text) => !WHETHER.test(text));
  const test = `${file}::${label.replace('.', '::')}`;
  const host: HostTest = { test, runner, module, files, names, marks };
  const docstring = docstringOf(node);
  const [title = ''] = docstring ? docstringText(docstring.text).trim().split('\n') : [];
  const code = [...marks.map((mark) => mark.replace(/^@\s*/, '')), ...statements].join('\n');
  const free = [...freeNames(code)].filter((name) => !names.includes(name));
  return [
    {
      id: `test:${file}::${label}`,
      origin: 'test',
      file,
      line: node.startPosition.row + 1,
      label,
      ...(title === '' ? {} : { title: title.trim() }),
      prelude: importsFrom(module, index, free),
      setUp: [],
      statements,
      host,
    },
  ];
}

/** Statements that import names from a test module: all that it binds, and what its own star imports may bind. */
export function importsFrom(module: string, index: ModuleIndex, names: Iterable<string>): string {
  const wanted = [...new Set(names)].filter((name) => !BUILTIN_NAMES.has(name) || index.binds(name));
  const bound = wanted.filter((name) => index.binds(name)).sort();
  const rest = wanted.length > bound.length && index.hasStarImport;
  return [
    ...(rest ? [`from ${module} import *`] : []),
    ...(bound.length > 0 ? [`from ${module} import ${bound.join(', ')}`] : []),
  ].join('\n');
}
