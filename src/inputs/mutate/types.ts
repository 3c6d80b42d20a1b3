import { parsePython, type SyntaxNode } from '../../analysis/python-parser.js';
import { argumentsOf, calleeName } from './edit.js';
import type { FragmentPool } from './pool.js';

/** The type that a literal shows; undefined for what only running can tell. */
const TYPES: Readonly<Record<string, string>> = {
  integer: 'number',
  float: 'number',
  string: 'text',
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

/**
 * Whether an argument or operand visibly became something of a type that was not there before and that no
 * other call of the same function was seen to take: a number for a text, `None` for an object.
 */
export function changesType(node: SyntaxNode, replacement: string, pool: FragmentPool): boolean {
  if (node.type === 'call' && addsUnseenKeyword(node, parsePython(replacement), pool)) return true;
  if (node.parent?.type === 'expression_statement') return false;
  const type = typeOf(parsePython(replacement));
  if (type === undefined || type === typeOf(node)) return false;
  const list = node.parent?.type === 'keyword_argument' ? node.parent.parent : node.parent;
  const callee = list?.type === 'argument_list' && list.parent ? calleeName(list.parent) : undefined;
  const seen = callee === undefined ? [] : (pool.arguments.get(callee) ?? []);
  return !seen.some(({ text }) => typeOf(parsePython(text)) === type);
}

/** Whether a call gained a keyword argument of a type that other calls do not give it. */
function addsUnseenKeyword(call: SyntaxNode, replacement: SyntaxNode, pool: FragmentPool): boolean {
  const changed = replacement.firstNamedChild?.firstNamedChild;
  const last = changed?.type === 'call' ? argumentsOf(changed).at(-1) : undefined;
  const value = last?.type === 'keyword_argument' ? last.childForFieldName('value') : undefined;
  const keyword = last?.childForFieldName('name')?.text ?? '';
  if (!value || call.text.includes(`${keyword}=`)) return false;
  const seen = pool.arguments.get(`${calleeName(call) ?? ''}/${keyword}=`) ?? [];
  return seen.length > 0 && !seen.some(({ text }) => typeOf(parsePython(text)) === typeOf(value));
}

function typeOf(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'module':
    case 'expression_statement':
    case 'parenthesized_expression':
    case 'unary_operator':
      return node.namedChildren.length === 1 && node.firstNamedChild
        ? typeOf(node.firstNamedChild)
        : undefined;
    case 'binary_operator': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const type = left ? typeOf(left) : undefined;
      return right && type === typeOf(right) ? type : undefined;
    }
    default:
      return TYPES[node.type];
  }
}
