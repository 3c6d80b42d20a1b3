import { expect, it } from 'vitest';
import { missingModule, requireImports } from '../../../../src/pipeline/prepare/missing-module.js';
import type { TestResult, TestRun } from '../../../../src/model/test-result.js';
import { writeFiles } from '../../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const run = (results: readonly Partial<TestResult>[], output = ''): TestRun => ({
  results: results.map((result, index) => ({
    id: `t${index}`,
    file: 't.py',
    status: 'error',
    seconds: 0,
    ...result,
  })),
  ended: 'completed',
  seconds: 1,
  output,
});

it.each([
  ["ModuleNotFoundError: No module named 'toml'", 'toml'],
  ["E   ModuleNotFoundError: No module named 'a.b._c'", 'a.b._c'],
  ['ImportError: No module named foo', 'foo'],
  ["ImportError: cannot import name 'x'", undefined],
])('reads the missing module out of %s', (text, expected) => {
  expect(missingModule(text)).toBe(expected);
});

it.each([
  [true, 'add the package that has it to `packages` of the recipe'],
  [false, 'install the package that has it for the interpreter, or into the image'],
])('says what to do about a module that the environment lacks (recipe: %s)', async (recipe, advice) => {
  const origin = { directory: await temporaryDirectory(), importRoots: [], recipe };
  const output = "ImportError while loading conftest\nModuleNotFoundError: No module named 'toml'";
  await expect(requireImports(run([], output), origin)).rejects.toMatchObject({
    reason: 'environment-broken',
    detail: `the tests cannot be imported, as there is no module toml: ${advice}`,
  });
});

it.each([
  [true, 'building it does not make this module; see `build` of the recipe'],
  [false, 'a part of it is not built; use --environments build, or an image that has it'],
])('says what to do about a part of the project that is not built (recipe: %s)', async (recipe, advice) => {
  const directory = await temporaryDirectory();
  await writeFiles(directory, { 'lib/pkg/__init__.py': '' });
  const message = "ModuleNotFoundError: No module named 'pkg._fast'";
  await expect(
    requireImports(run([{ message }]), { directory, importRoots: ['lib'], recipe }),
  ).rejects.toMatchObject({
    detail: `the tests cannot be imported, as there is no module pkg._fast: pkg is in the tree, and ${advice}`,
  });
});

it.each([
  ['a test ran', run([{ status: 'failed' }, { message: "No module named 'x'" }])],
  ['nothing says that a module is missing', run([{ message: 'SyntaxError: invalid syntax' }])],
  ['there is no test', run([])],
])('lets pass a run in which %s', async (_what, gold) => {
  await expect(
    requireImports(gold, { directory: '/', importRoots: [], recipe: true }),
  ).resolves.toBeUndefined();
});
