import { boundNames, freeNames } from '../../python/names.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import { docstringOf, isDefinition, partsOf, statementsOf } from '../../python/syntax.js';
import { unwrapExpectation } from './expectations.js';

/**
 * The statements of a test function as top-level code. Expectations of exceptions are removed; the code ends at a
 * top-level `return`; left out are statements that cannot stand outside a function and those that need one of the
 * `missing` names.
 */
export function bodyOfTest(test: SyntaxNode, missing: ReadonlySet<string> = new Set()): string[] {
  const statements: string[] = [];
  const lost = new Set(missing);
  const docstring = docstringOf(test);
  for (const statement of statementsOf(test)) {
    if (statement.type === 'return_statement') break;
    if (statement === docstring || isIdle(statement) || holdsReturn(statement)) continue;
    const unwrapped = unwrapExpectation(statement);
    unwrapped.lost.forEach((name) => lost.add(name));
    for (const text of unwrapped.statements) {
      if (mentions(text, lost)) boundNames(text).forEach((name) => lost.add(name));
      else statements.push(text);
    }
  }
  return statements;
}

/** Whether calling a function does not run its body: a generator or an async function. */
export const isSuspended = (test: SyntaxNode): boolean => isAsync(test) || yieldsOrAwaits(test);

export const isAsync = (test: SyntaxNode): boolean => test.children[0]?.type === 'async';

export function yieldsOrAwaits(test: SyntaxNode): boolean {
  const inside = [...test.walk((node) => node === test || !isDefinition(node))];
  return inside.some(({ type }) => type === 'yield' || type === 'await');
}

function isIdle(statement: SyntaxNode): boolean {
  if (statement.type === 'pass_statement' || statement.type === 'nonlocal_statement') return true;
  const only = partsOf(statement)[0];
  return statement.type === 'expression_statement' && only?.type === 'string';
}

function holdsReturn(statement: SyntaxNode): boolean {
  const inside = statement.walk((node) => !isDefinition(node) && node.type !== 'lambda');
  return [...inside].some(({ type }) => type === 'return_statement');
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  return names.size > 0 && [...freeNames(text)].some((name) => names.has(name));
}
