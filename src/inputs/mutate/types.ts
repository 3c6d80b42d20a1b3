import { parsePython, type SyntaxNode } from '../../analysis/python-parser.js';
import { argumentsOf, calleeName } from './edit.js';
import { literalType } from './literal-type.js';
import type { FragmentPool } from './pool.js';

/**
 * Whether an argument or operand visibly became something of a type that was not there before and that no
 * other call of the same function was seen to take: a number for a text, `None` for an object.
 */
export function changesType(node: SyntaxNode, replacement: string, pool: FragmentPool): boolean {
  if (node.type === 'call' && addsUnseenKeyword(node, replacement, pool)) return true;
  if (node.parent?.type === 'expression_statement') return false;
  const type = typeOfText(replacement);
  if (type === undefined || type === literalType(node)) return false;
  const list = node.parent?.type === 'keyword_argument' ? node.parent.parent : node.parent;
  const callee = list?.type === 'argument_list' && list.parent ? calleeName(list.parent) : undefined;
  const seen = callee === undefined ? [] : (pool.arguments.get(callee) ?? []);
  return !seen.some((other) => other.type === type);
}

/** Whether a call gained a keyword argument of a type that other calls do not give it. */
function addsUnseenKeyword(call: SyntaxNode, replacement: string, pool: FragmentPool): boolean {
  if (!replacement.endsWith(')') || !replacement.includes('=')) return false;
  const changed = parsePython(replacement).firstNamedChild?.firstNamedChild;
  const last = changed?.type === 'call' ? argumentsOf(changed).at(-1) : undefined;
  const value = last?.type === 'keyword_argument' ? last.childForFieldName('value') : undefined;
  const keyword = last?.childForFieldName('name')?.text ?? '';
  if (!value || call.text.includes(`${keyword}=`)) return false;
  const seen = pool.arguments.get(`${calleeName(call) ?? ''}/${keyword}=`) ?? [];
  return seen.length > 0 && !seen.some(({ type }) => type === literalType(value));
}

/** Only what starts like a literal is worth parsing: this runs for every mutant there could be. */
const typeOfText = (text: string): string | undefined =>
  /^[-(]?(?:[\d'"[({]|[bBrRfFuU]{1,2}['"]|True|False|None)/.test(text)
    ? literalType(parsePython(text))
    : undefined;
