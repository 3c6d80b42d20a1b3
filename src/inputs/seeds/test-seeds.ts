import { indexModule } from '../../python/slice.js';
import type { ModuleIndex } from '../../python/module-index.js';
import { freeNames } from '../../python/names.js';
import { parametersOf, requiredParameters } from '../../python/parameters.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import { definitionOf, nameOf, statementsOf } from '../../python/syntax.js';
import type { Seed } from '../../model/input.js';
import { fixturesIn, fixturesOfClass, provideFixtures, type Fixture, type Fixtures } from './fixtures.js';
import { needsHost, seedsOfHostedMethods, type Hosting } from './hosted-methods.js';
import { hostTest } from './host-test.js';
import { parameterSets } from './parametrize.js';
import { joinPreludes, withFile } from './prelude.js';
import { bodyOfTest, isSuspended } from './test-body.js';
import { unfoldSelf } from './self-variables.js';
import { selfStatements, testClassesOf, type TestClass } from './test-classes.js';

/** Decorators of tests that are disabled or slow. */
const LEFT_OUT = /^@\s*(\w+\.)*(skip|slow|nocache_fail|disabled)\b/;

/** Ends the label of a seed that leaves out parts of its test, so that nobody takes it for the whole test. */
const IN_PART = ' (in part)';

/** A Python file of the tree; `file` is its path, POSIX, relative. */
export interface SourceFile {
  readonly file: string;
  readonly source: string;
}

/**
 * Whether a seed comes from the test that a benchmark names: `tests/test_a.py::TestB::test_c[x]`, `test_c (tests.a.TestB)`,
 * `test_c (tests.a.TestB.test_c)`, the first line of its docstring, or `test_c` alone, which may be of any file.
 */
export function isSeedOf(
  { file, label, title }: Pick<Seed, 'file' | 'label' | 'title'>,
  test: string,
): boolean {
  if (title !== undefined && title === test) return true;
  const [first, ...names] = test.replace(/\[[^]*$/, '').split('::');
  const name = label.replace(IN_PART, '').replace(/\[\d+\]$/, '');
  if (names.length > 0) return first === file && names.join('.') === name;
  const [, method, testClass] = /^(\w+) \((?:\w+\.)*?(\w+)(?:\.\1)?\)$/.exec(test) ?? [];
  return name === (method === undefined ? first : `${testClass ?? ''}.${method}`);
}

/** What the tests of one file share. */
interface TestModule {
  readonly index: ModuleIndex;
  readonly file: string;
  /** Fixtures of the module, then those of the `conftest.py` files around it. */
  readonly fixtures: readonly Fixtures[];
}

/**
 * The tests of a file as plain programs that need no test runner: the statements of the body at top
 * level, and as prelude only what they need of the module. Parametrized tests give up to five seeds; async tests and
 * generators give none; those that need fixtures of plug-ins, or set-up that only their runner does, have their test as a
 * host.
 * @param conftests the `conftest.py` files that apply, nearest first
 * @param hosting who sets up test classes; absent where the file cannot be imported
 */
export function seedsFromTestFile(
  { file, source }: SourceFile,
  conftests: readonly SourceFile[] = [],
  hosting?: Hosting,
): Seed[] {
  const index = indexModule(source, file);
  const around = conftests.map((conftest) => indexModule(conftest.source, conftest.file));
  const module = { index, file, fixtures: [index, ...around].map(fixturesIn) };
  const functions = testsIn(index.root).flatMap((test) => seedsOfTest(module, test));
  const plain = testClassesOf(index.root).filter((one) => !hosting || !needsHost(one, hosting));
  const methods = plain.flatMap((testClass) =>
    testsIn(testClass.node).flatMap((test) => seedsOfTest(module, test, testClass)),
  );
  return [...functions, ...methods, ...(hosting ? seedsOfHostedMethods(index, file, hosting) : [])];
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

function seedsOfTest({ index, file, fixtures }: TestModule, test: Test, testClass?: TestClass): Seed[] {
  const decorators = [...test.decorators, ...(testClass?.decorators ?? [])];
  const given = parameterSets(decorators);
  if (!given) return [];
  const required = requiredParameters(parametersOf(test.node)).map(({ name }) => name);
  const wanted = (testClass ? required.slice(1) : required).filter((name) => !given.names.has(name));
  const ofClass = testClass?.lineage.map((node) => fixturesOfClass(node, index)) ?? [];
  const provided = provideFixtures(wanted, [...ofClass, ...fixtures]);
  const names = testClass ? [nameOf(testClass.node), nameOf(test.node)] : [nameOf(test.node)];
  const host = hostTest([file, ...names].join('::'), decorators, provided.lost);
  const lost = new Set([...provided.lost].filter((name) => !host?.names.includes(name)));
  const body = bodyOfTest(test.node, lost);
  if (body.length === 0) return [];
  const setUp = testClass && needsSelf([...provided.statements, ...body]) ? selfStatements(testClass) : [];
  const label = names.join('.');
  const isWhole = lost.size === 0 && !provided.used.some(({ parameter }) => parameter !== undefined);
  const elsewhere = slicesElsewhere(provided.used, index);
  return given.sets.map((set, position) => {
    const whole = { setUp, statements: [...provided.statements, ...set, ...body] };
    const statements = [...setUp, ...whole.statements];
    const free = [...freeNames(statements.join('\n'))].filter((name) => !host?.names.includes(name));
    const own = withFile(index.slice(free), file, statements);
    const prelude = joinPreludes([...elsewhere, own]);
    const name = `${label}${isWhole ? '' : IN_PART}${given.sets.length > 1 ? `[${position}]` : ''}`;
    return {
      id: `test:${file}::${name}`,
      origin: 'test',
      file,
      line: test.node.startPosition.row + 1,
      label: name,
      prelude,
      ...(setUp.length > 0 ? unfoldSelf(whole, prelude) : whole),
      ...(host ? { host } : {}),
    };
  });
}

/** The code that fixtures need of the modules that define them, other than the test's own. */
function slicesElsewhere(used: readonly Fixture[], own: ModuleIndex): string[] {
  const homes = new Set(used.map(({ home }) => home).filter((home) => home !== own));
  return [...homes].map((home) => {
    const callees = used.filter((fixture) => fixture.home === home).map(({ callee }) => callee);
    return withFile(home.slice(callees), home.file);
  });
}

function needsSelf(statements: readonly string[]): boolean {
  return freeNames(statements.join('\n')).has('self');
}
