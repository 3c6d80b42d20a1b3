import { isImport } from './imports.js';
import { parsePython, type SyntaxNode } from './python-parser.js';
import { isDefinition } from './syntax.js';
import { tokensOf } from './tokens.js';

/**
 * Whether the module-level statements of two versions of a module differ only in imports, and neither removes an import
 * of `base`. If so, only definitions that use the new names can behave differently.
 */
export function onlyAddsImports(base: string, one: string, other: string): boolean {
  const [before, first, second] = [base, one, other].map((source) => parsePython(source));
  if (!before || !first || !second || statements(first) !== statements(second)) return false;
  const known = [...importsOf(before)];
  return [first, second].every((root) => {
    const imports = importsOf(root);
    return known.every((text) => imports.has(text));
  });
}

const isDefined = (node: SyntaxNode): boolean => isDefinition(node) || node.type === 'decorated_definition';

const statements = (root: SyntaxNode): string =>
  tokensOf(root, { skip: (node) => isDefined(node) || isImport(node) });

/** The imported names of a module, each as `module name`. */
function importsOf(root: SyntaxNode): Set<string> {
  const found = new Set<string>();
  for (const node of root.walk((inner) => !isDefined(inner))) {
    if (!isImport(node)) continue;
    const module = node.childForFieldName('module_name')?.text ?? '';
    const names = node.childrenForFieldName('name').map(({ text }) => text);
    for (const name of names.length > 0 ? names : ['*']) found.add(`${module} ${name}`);
  }
  return found;
}
