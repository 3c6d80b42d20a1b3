import { parsePatch } from './parse.js';

const TEST_FILE = /(^|\/)(test_[^/]*|[^/]*_tests?|tests)\.py$/;

/** The Python test files that a patch leaves behind changed or new, in its order. */
export function touchedTestFiles(patch: string): string[] {
  return parsePatch(patch)
    .filter(({ kind }) => kind !== 'delete')
    .map(({ path }) => path)
    .filter((path) => TEST_FILE.test(path));
}
