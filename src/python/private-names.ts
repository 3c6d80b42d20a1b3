import { parsePython } from './python-parser.js';
import { scopesOf } from './scopes.js';

/**
 * Whether code uses names that are private by convention: `x._args`, `from pkg._impl import f`. Variables that the
 * code binds itself, such as `_n = 3`, do not count.
 */
export function usesPrivateNames(code: string): boolean {
  // Most code has no underscore at all, and parsing costs much more than looking for one.
  if (!code.includes('_')) return false;
  const root = parsePython(code);
  const { bindings } = scopesOf(root);
  const isOwnVariable = (name: string) =>
    bindings.get(name)?.some(({ kind }) => kind === 'variable') ?? false;
  return root
    .descendantsOfType('identifier')
    .some(({ text, field }) => isPrivateName(text) && (field === 'attribute' || !isOwnVariable(text)));
}

const isPrivateName = (name: string): boolean => /^_[^_]/.test(name) || /^__\w*[^_]$/.test(name);
