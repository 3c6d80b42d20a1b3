import type { SyntaxNode } from '../../python/python-parser.js';

/** The types that the nodes of literals have. Lists and the like by their own names, numbers and texts by one each. */
const TYPES: Readonly<Record<string, string>> = {
  integer: 'number',
  float: 'number',
  concatenated_string: 'text',
  true: 'truth',
  false: 'truth',
  none: 'none',
  list: 'list',
  list_comprehension: 'list',
  tuple: 'tuple',
  dictionary: 'dict',
  set: 'set',
};

/** The type of a value as its literal shows it: `number`, `text`, `list`; undefined for what only a run can tell. */
export function literalType(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'module':
    case 'expression_statement':
    case 'parenthesized_expression':
    case 'unary_operator':
      return node.namedChildren.length === 1 && node.firstNamedChild
        ? literalType(node.firstNamedChild)
        : undefined;
    case 'binary_operator': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const type = left ? literalType(left) : undefined;
      return right && type === literalType(right) ? type : undefined;
    }
    case 'string':
      return /^[rR]?[bB]/.test(node.text) ? 'bytes' : 'text';
    default:
      return TYPES[node.type];
  }
}
