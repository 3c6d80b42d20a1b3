import { parsePython } from './python-parser.js';
import { scopesOf } from './scopes.js';

/**
 * Whether code uses names that are private by convention: `x._args`, `from pkg._impl import f`. Variables that the
 * code binds itself, such as `_n = 3`, and those that are `allowed` do not count.
 */
export function usesPrivateNames(code: string, allowed: ReadonlySet<string> = new Set()): boolean {
  // Most code has no underscore at all, and parsing costs much more than looking for one.
  if (!code.includes('_')) return false;
  const root = parsePython(code);
  const { bindings } = scopesOf(root);
  const isOwnVariable = (name: string) =>
    bindings.get(name)?.some(({ kind }) => kind === 'variable') ?? false;
  return root
    .descendantsOfType('identifier')
    .some(
      ({ text, field }) =>
        isPrivateName(text) && (field === 'attribute' || (!isOwnVariable(text) && !allowed.has(text))),
    );
}

/** Modules of tests, or that help them. */
const OF_TESTS = /(^|[._])(tests?|testing|testutils|conftest|unittest)([._]|$)/i;

/** The names that code imports from tests or their helpers: what is private there is for tests to use. */
export function helpersOfTests(code: string): ReadonlySet<string> {
  const imports = parsePython(code).descendantsOfType('import_from_statement');
  return new Set(
    imports
      .filter((statement) => OF_TESTS.test(statement.childForFieldName('module_name')?.text ?? ''))
      .flatMap((statement) => statement.childrenForFieldName('name'))
      .map((name) => name.childForFieldName('alias')?.text ?? name.text),
  );
}

const isPrivateName = (name: string): boolean => /^_[^_]/.test(name) || /^__\w*[^_]$/.test(name);
