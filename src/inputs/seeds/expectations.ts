import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf, statementsOf } from '../../python/syntax.js';

/** Context managers and functions of pytest, unittest, sympy and others that expect an exception or a warning. */
const EXPECTATION =
  /^(\w+\.)*(raises|warns|deprecated_call|warns_deprecated_sympy|raises_regex|assert_raises|assertRaises\w*|assertWarns\w*)$/;

/** The code under an expectation, and the names that nothing binds any more without the expectation. */
export interface Unwrapped {
  readonly statements: readonly string[];
  /** `excinfo` of `with raises(E) as excinfo:`. */
  readonly lost: readonly string[];
}

/**
 * Removes the expectation of an exception from a statement, so that the exception itself is observed: `with raises(E):
 * f()`, `raises(E, lambda: f())`, `self.assertRaises(E, f)` and the like become `f()`. Other statements stay as they are.
 */
export function unwrapExpectation(statement: SyntaxNode): Unwrapped {
  if (statement.type === 'with_statement') return unwrapWith(statement);
  const expression = statement.type === 'expression_statement' ? partsOf(statement)[0] : undefined;
  if (expression?.type === 'assignment') {
    const code = expectedCode(expression.childForFieldName('right'));
    if (code) return { statements: code, lost: [expression.childForFieldName('left')?.text ?? ''] };
  }
  const code = expectedCode(expression);
  return { statements: code ?? [dedentedText(statement)], lost: [] };
}

function unwrapWith(statement: SyntaxNode): Unwrapped {
  const clause = partsOf(statement).find((part) => part.type === 'with_clause');
  const items = clause ? partsOf(clause).map((item) => item.childForFieldName('value')) : [];
  const lost: string[] = [];
  for (const item of items) {
    const isNamed = item?.type === 'as_pattern';
    const call = isNamed ? partsOf(item)[0] : item;
    if (call?.type !== 'call' || !isExpectation(call))
      return { statements: [dedentedText(statement)], lost: [] };
    if (isNamed) lost.push(item.childForFieldName('alias')?.text ?? '');
  }
  const inner = statementsOf(statement).map(unwrapExpectation);
  return {
    statements: inner.flatMap(({ statements }) => statements),
    lost: [...lost, ...inner.flatMap((each) => each.lost)],
  };
}

/** The statements that a call such as `raises(E, f, x)` runs; undefined for any other expression. */
function expectedCode(call: SyntaxNode | null | undefined): string[] | undefined {
  if (call?.type !== 'call' || !isExpectation(call)) return undefined;
  const list = call.childForFieldName('arguments');
  const callee = call.childForFieldName('function')?.text ?? '';
  const [action, ...rest] = (list ? partsOf(list) : []).slice(/Regex|Message|_regex/.test(callee) ? 2 : 1);
  if (!action || action.type === 'keyword_argument') return [];
  if (action.type === 'lambda') return [expressionText(action.childForFieldName('body'))];
  if (action.type === 'string') return codeInString(action);
  return [`${action.text}(${rest.map((argument) => argument.text).join(', ')})`];
}

function isExpectation(call: SyntaxNode): boolean {
  return EXPECTATION.test(call.childForFieldName('function')?.text ?? '');
}

/** Old tests pass the code as text. */
function codeInString(literal: SyntaxNode): string[] {
  const content = literal.children.filter((child) => child.type === 'string_content').map(({ text }) => text);
  const root = parsePython(content.join('').trim());
  return root.hasError ? [] : partsOf(root).map(dedentedText);
}

/** An expression of several lines needs parentheses to stand alone. */
function expressionText(node: SyntaxNode | null): string {
  const text = node?.text ?? '';
  return text.includes('\n') ? `(${text})` : text;
}
