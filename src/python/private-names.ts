import { parsePython, type SyntaxNode } from './python-parser.js';
import { scopesOf } from './scopes.js';

/**
 * The names in code that are private by convention: `x._args`, `from pkg._impl import f`. Variables that the code binds itself,
 * such as `_n = 3`, do not count.
 */
export function privateNamesIn(code: string): ReadonlySet<string> {
  // Most code has no underscore at all, and parsing costs much more than looking for one.
  if (!code.includes('_')) return new Set();
  const root = parsePython(code);
  const { bindings } = scopesOf(root);
  const isOwnVariable = (name: string) =>
    bindings.get(name)?.some(({ kind }) => kind === 'variable') ?? false;
  return new Set(
    root
      .descendantsOfType('identifier')
      .filter(({ text, field }) => isPrivateName(text) && (field === 'attribute' || !isOwnVariable(text)))
      .map(({ text }) => text),
  );
}

/** Modules of tests, or that help them. */
const OF_TESTS = /(^|[._])(tests?|testing|testutils|conftest|unittest)([._]|$)/i;

/** The public names that code gives to what it imports by private ones: `from pkg import _f as f`. */
export function aliasesOfPrivateNames(code: string): ReadonlySet<string> {
  if (!code.includes(' as ')) return new Set();
  return new Set(
    importsIn(code)
      .filter((name) => isPrivateName((name.childForFieldName('name')?.text ?? '').split('.').at(-1) ?? ''))
      .flatMap((name) => name.childForFieldName('alias')?.text ?? []),
  );
}

/** The names that code imports from tests or their helpers: what is private there is for tests to use. */
export function helpersOfTests(code: string): ReadonlySet<string> {
  return new Set(
    importsIn(code, (module) => OF_TESTS.test(module)).map(
      (name) => name.childForFieldName('alias')?.text ?? name.text,
    ),
  );
}

const importsIn = (code: string, isWanted: (module: string) => boolean = () => true): SyntaxNode[] =>
  parsePython(code)
    .descendantsOfType('import_from_statement')
    .filter((statement) => isWanted(statement.childForFieldName('module_name')?.text ?? ''))
    .flatMap((statement) => statement.childrenForFieldName('name'));

const isPrivateName = (name: string): boolean => /^_[^_]/.test(name) || /^__\w*[^_]$/.test(name);
