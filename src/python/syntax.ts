import type { SyntaxNode } from './python-parser.js';

/** Named children without comments: the statements of a block, the elements of a list, the arguments of a call. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.isNamed && !isLayout(child));
}

/** Whether a node is a comment or a backslash at the end of a line. */
export function isLayout(node: SyntaxNode): boolean {
  return node.type === 'comment' || node.type === 'line_continuation';
}

/** The `def` or `class` inside a statement, with its decorators; undefined for any other statement. */
export function definitionOf(
  statement: SyntaxNode,
): { readonly node: SyntaxNode; readonly decorators: readonly SyntaxNode[] } | undefined {
  if (statement.type === 'decorated_definition') {
    const node = statement.childForFieldName('definition');
    return node
      ? { node, decorators: statement.children.filter((child) => child.type === 'decorator') }
      : undefined;
  }
  return isDefinition(statement) ? { node: statement, decorators: [] } : undefined;
}

/** Whether a node is a `def` or `class`, without its decorators. */
export function isDefinition(node: SyntaxNode): boolean {
  return node.type === 'function_definition' || node.type === 'class_definition';
}

/** Name of a `def` or `class`. */
export function nameOf(definition: SyntaxNode): string {
  const name = definition.childForFieldName('name');
  return name?.text ?? '';
}

/** Statements of a `def`, `class` or module body, docstring included. */
export function statementsOf(node: SyntaxNode): SyntaxNode[] {
  const body = node.type === 'module' || node.type === 'block' ? node : node.childForFieldName('body');
  return body ? partsOf(body) : [];
}

/** The docstring statement of a `def`, `class` or module. */
export function docstringOf(node: SyntaxNode): SyntaxNode | undefined {
  const first = statementsOf(node)[0];
  if (first?.type !== 'expression_statement') return undefined;
  const [value, ...others] = partsOf(first);
  const isText = value?.type === 'string' || value?.type === 'concatenated_string';
  return isText && others.length === 0 && !/^[rRuU]*[fFbB]/.test(value.text) ? first : undefined;
}

/**
 * Text of a statement moved to column 0: the indentation of its first line is removed from the following lines,
 * except from those that start inside a string.
 */
export function dedentedText(statement: SyntaxNode): string {
  const { source, startIndex } = statement;
  const lineStart = source.lastIndexOf('\n', startIndex - 1) + 1;
  const indent = /^[ \t\f]*/.exec(source.slice(lineStart, startIndex))?.[0] ?? '';
  const text = statement.text;
  if (indent === '' || !text.includes('\n')) return text;
  const strings = [...statement.walk((node) => node.type !== 'string')].filter(
    (node) => node.type === 'string',
  );
  let at = startIndex;
  return text
    .split('\n')
    .map((line, index) => {
      const from = at;
      at += line.length + 1;
      if (index === 0 || strings.some((string) => string.startIndex < from && from < string.endIndex))
        return line;
      return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
    })
    .join('\n');
}
