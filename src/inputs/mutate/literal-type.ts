import type { SyntaxNode } from '../../python/python-parser.js';

/** The types that the nodes of literals have. */
const TYPES: Readonly<Record<string, string>> = {
  integer: 'integer',
  float: 'float',
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

/** The type of a value as its literal shows it: `integer`, `text`, `list`; undefined for what only a run can tell. */
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
      return right ? typeOfResult(type, literalType(right)) : undefined;
    }
    case 'string':
      return /^[rR]?[bB]/.test(node.text) ? 'bytes' : 'text';
    default:
      return TYPES[node.type];
  }
}

/** The type of an operation on two literals. */
function typeOfResult(left: string | undefined, right: string | undefined): string | undefined {
  if (left === right) return left;
  return isNumber(left) && isNumber(right) ? 'float' : undefined;
}

const isNumber = (type: string | undefined): boolean => type === 'integer' || type === 'float';

/** Whether code that is given the one type is given the other, too: whole numbers where others may stand. */
export const fitsType = (type: string, seen: string | undefined): boolean =>
  type === seen || (type === 'integer' && seen === 'float');
