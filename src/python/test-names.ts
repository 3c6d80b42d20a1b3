import path from 'node:path';

/** Files that pytest, unittest and the older runners collect by their names. */
const TEST_MODULE = /^(test_.*|.*_tests?|tests)\.py$/;

/** Whether test runners collect a file by its name; `conftest.py` and helpers beside the tests are not collected. */
export const isTestModule = (file: string): boolean => TEST_MODULE.test(path.posix.basename(file));

/** Whether a source defines a test function or test case, judged by its text. */
export const definesTests = (source: string): boolean => /\bdef test|\bTestCase\b/.test(source);

/** What a test file is about, by its name: `kind` for `tests/test_kind.py` and `kind_test.py`. */
export const testSubject = (file: string): string =>
  path.posix.basename(file, '.py').replace(/^test_|_test$/, '');

/** The last part of a module's name, which tests are named after: `kind` for `core/kind.py`, `core` for `core/__init__.py`. */
export function componentName(file: string): string {
  const name = path.posix.basename(file, '.py');
  return name === '__init__' ? path.posix.basename(path.posix.dirname(file)) : name;
}
