import type { SyntaxNode } from './python-parser.js';
import { partsOf } from './syntax.js';

/** `import …` and `from … import …`, future imports included. */
export function isImport(node: SyntaxNode): boolean {
  return ['import_statement', 'import_from_statement', 'future_import_statement'].includes(node.type);
}

/** Names that an import statement binds; `*` for a star import. */
export function importedNames(node: SyntaxNode): string[] {
  if (node.children.some((child) => child.type === 'wildcard_import')) return ['*'];
  return node.childrenForFieldName('name').map(boundName);
}

function boundName(clause: SyntaxNode): string {
  if (clause.type === 'aliased_import') return clause.childForFieldName('alias')?.text ?? '';
  return partsOf(clause)[0]?.text ?? clause.text;
}

/** An import statement with only the clauses whose names are needed, relative modules made absolute for `file`. */
export function narrowImport(node: SyntaxNode, needed: ReadonlySet<string>, file: string): string {
  if (node.type === 'future_import_statement') return node.text;
  const clauses = node
    .childrenForFieldName('name')
    .filter((clause) => needed.has(boundName(clause)))
    .map((clause) => clause.text)
    .join(', ');
  const module = node.childForFieldName('module_name');
  if (!module) return `import ${clauses}`;
  return `from ${absoluteModule(module.text, file)} import ${clauses === '' ? '*' : clauses}`;
}

/** `..core` as written in `sympy/solvers/tests/test_x.py` is `sympy.core`. */
export function absoluteModule(module: string, file: string): string {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/s.exec(module.replace(/\s/g, '')) ?? [];
  if (dots === '') return name;
  const folders = file.replace(/^(src|lib)\//, '').split('/');
  const around = folders.slice(0, folders.length - dots.length);
  return [...around, ...(name === '' ? [] : [name])].join('.');
}

/** The text of a statement with the relative imports inside it made absolute for `file`. */
export function withAbsoluteImports(statement: SyntaxNode, text: string, file: string): string {
  const modules = statement
    .descendantsOfType('relative_import')
    .filter(({ parent }) => parent?.type === 'import_from_statement');
  // The text may be the statement without parts of it, so that places in one are not those in the other.
  return modules.reduce((changed, { text: module }) => {
    const escaped = module.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return changed.replace(
      new RegExp(`\\bfrom\\s+${escaped}(?=\\s+import\\b)`, 'g'),
      `from ${absoluteModule(module, file)}`,
    );
  }, text);
}
