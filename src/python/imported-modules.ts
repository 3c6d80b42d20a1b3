import { parsePython, type SyntaxNode } from './python-parser.js';

/**
 * The modules that a source imports at its top level, by their absolute names, sorted; relative imports and
 * `__future__` are left out.
 */
export function importedModules(source: string): string[] {
  const modules = new Set<string>();
  for (const statement of parsePython(source).namedChildren) {
    if (statement.type === 'import_from_statement') {
      const module = statement.childForFieldName('module_name');
      if (module?.type === 'dotted_name') modules.add(module.text);
    } else if (statement.type === 'import_statement') {
      for (const name of statement.childrenForFieldName('name')) modules.add(importedName(name));
    }
  }
  return [...modules].sort();
}

const importedName = (node: SyntaxNode): string =>
  node.type === 'aliased_import' ? (node.childForFieldName('name')?.text ?? '') : node.text;
