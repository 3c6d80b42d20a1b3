import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { argumentsOf, calleeName } from './edit.js';
import { fitsType, literalType } from './literal-type.js';
import type { Fragment, FragmentPool } from './pool.js';
import type { ReturnTypes } from './return-types.js';

/** What is known about the types of expressions where a mutant runs. */
export interface KnownTypes {
  readonly pool: FragmentPool;
  readonly returns: ReturnTypes;
}

/**
 * Whether a replacement visibly changes the type of an argument or operand to one that no other call of the same
 * function has there: a text becomes a number, an object becomes `None`.
 */
export function changesType(node: SyntaxNode, replacement: string, { pool, returns }: KnownTypes): boolean {
  if (node.type === 'call' && addsUnseenKeyword(node, replacement, pool)) return true;
  if (mayBeAnything(node)) return false;
  const type = typeOfText(replacement, returns);
  if (type === undefined || fitsType(type, typeOfNode(node, returns))) return false;
  const list = node.parent?.type === 'keyword_argument' ? node.parent.parent : node.parent;
  const call = list?.type === 'argument_list' ? list.parent : undefined;
  return !(call ? seenThere(call, node, pool) : []).some((other) =>
    fitsType(type, typeOfFragment(other, returns)),
  );
}

/** Whether any type is fine: for a whole statement, for what a user's function returns, and in a test for equality. */
function mayBeAnything({ parent }: SyntaxNode): boolean {
  if (parent?.type !== 'comparison_operator')
    return parent?.type === 'expression_statement' || parent?.type === 'return_statement';
  return parent.children.every(({ isNamed, text }) => isNamed || text === '==' || text === '!=');
}

/** What other calls have in the place of an argument; where none has that place, their arguments in any place. */
function seenThere(call: SyntaxNode, argument: SyntaxNode, pool: FragmentPool): readonly Fragment[] {
  const callee = calleeName(call);
  if (callee === undefined) return [];
  const keyword = argument.parent?.type === 'keyword_argument' ? argument.parent : undefined;
  const position = argumentsOf(call).findIndex(({ id }) => id === argument.id);
  const place = keyword
    ? `${callee}/${keyword.childForFieldName('name')?.text ?? ''}=`
    : `${callee}#${position}`;
  return pool.arguments.get(place) ?? pool.arguments.get(callee) ?? [];
}

const typeOfNode = (node: SyntaxNode, returns: ReturnTypes): string | undefined =>
  literalType(node) ?? (node.type === 'call' ? returns.get(calleeName(node) ?? '') : undefined);

const typeOfFragment = ({ type, kind }: Fragment, returns: ReturnTypes): string | undefined =>
  type ?? (kind.startsWith('call ') ? returns.get(kind.slice('call '.length)) : undefined);

/** Whether a call gained a keyword argument of a type that no other call gives it. */
function addsUnseenKeyword(call: SyntaxNode, replacement: string, pool: FragmentPool): boolean {
  if (!replacement.endsWith(')') || !replacement.includes('=')) return false;
  const changed = parsePython(replacement).firstNamedChild?.firstNamedChild;
  const last = changed?.type === 'call' ? argumentsOf(changed).at(-1) : undefined;
  const value = last?.type === 'keyword_argument' ? last.childForFieldName('value') : undefined;
  const keyword = last?.childForFieldName('name')?.text ?? '';
  if (!value || call.text.includes(`${keyword}=`)) return false;
  const seen = pool.arguments.get(`${calleeName(call) ?? ''}/${keyword}=`) ?? [];
  const type = literalType(value);
  return seen.length > 0 && !(type !== undefined && seen.some((other) => fitsType(type, other.type)));
}

/** The type of an expression. Parses only what starts like a literal or call, as this runs for every possible mutant. */
function typeOfText(text: string, returns: ReturnTypes): string | undefined {
  const call = /^(?:\w+\.)*(\w+)\(.*\)$/s.exec(text);
  if (call && !returns.has(call[1] ?? '')) return undefined;
  if (!call && !/^[-(]?(?:[\d'"[({]|[bBrRfFuU]{1,2}['"]|True|False|None)/.test(text)) return undefined;
  const module = parsePython(text);
  const expression = module.firstNamedChild?.firstNamedChild;
  return expression ? typeOfNode(expression, returns) : literalType(module);
}
