import type { SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf } from '../../python/syntax.js';

/** Whether a node is an assertion of unittest, such as `self.assertEqual(a, b)`. */
export function isUnittestAssertion(node: SyntaxNode): boolean {
  return (
    node.type === 'call' && /^self\.(assert|fail)\w*$/.test(node.childForFieldName('function')?.text ?? '')
  );
}

/** Whether a `with` statement expects an exception or warning: `with self.assertRaises(E):`, `with pytest.raises(E):`. */
export const expectsException = (node: SyntaxNode): boolean =>
  /^with\s[^:]*\b(raises|assertRaises\w*|assertWarns\w*|warns)\(/.test(node.text);

/**
 * The text of a compound statement in which each assertion is replaced by the values that it checks, so that the input
 * fails only where the code under test does. Undefined where an exception is expected inside.
 */
export function withoutAssertions(block: SyntaxNode): string | undefined {
  let text = block.text;
  const edits = assertionsIn(block);
  if (edits.some(({ node }) => /\braises\b|Raises|\bwarns\b|Warns/.test(node.text)) || expectsInside(block))
    return undefined;
  for (const { node, code } of edits.toReversed()) {
    const start = node.startIndex - block.startIndex;
    text = text.slice(0, start) + code + text.slice(start + node.endIndex - node.startIndex);
  }
  return outdented(text, block.startPosition.column);
}

/** Moves a text that began in `column` to the left margin: up to that many blanks are taken off its other lines. */
export function outdented(text: string, column: number): string {
  const indentation = new RegExp(`^[ \\t]{0,${column}}`);
  const [first = '', ...rest] = text.split('\n');
  return [first, ...rest.map((line) => line.replace(indentation, ''))].join('\n');
}

/** The assertions of a block in order, each with code that computes the values it checks. */
function assertionsIn(block: SyntaxNode): { node: SyntaxNode; code: string }[] {
  return [
    ...block.descendantsOfType('assert_statement').map((node) => ({
      node,
      code: `(${node.firstNamedChild?.text ?? 'None'})`,
    })),
    ...block
      .descendantsOfType('call')
      .filter((call) => isUnittestAssertion(call) && !isEntered(call))
      .map((node) => ({ node, code: `(${argumentTexts(node).join(', ')})` })),
  ].sort((a, b) => a.node.startIndex - b.node.startIndex);
}

/** Whether a `with` statement enters a value: an assertion about what its body does is no value of its own. */
const isEntered = (node: SyntaxNode): boolean => {
  const { parent } = node;
  if (parent?.type === 'with_item' || parent?.type === 'as_pattern') return isEntered(parent);
  return parent?.type === 'with_clause';
};

function argumentTexts(call: SyntaxNode): string[] {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list).map((part) => part.childForFieldName('value')?.text ?? part.text) : [];
}

const expectsInside = (block: SyntaxNode): boolean =>
  block.descendantsOfType('with_statement').some(expectsException) || /\braises\(/.test(block.text);

/** Binds the variable of a loop to the first item; undefined for a loop without one. */
export function firstItem(loop: SyntaxNode): string[] | undefined {
  const [variable, items] = ['left', 'right'].map((field) => loop.childForFieldName(field));
  return variable && items ? [`${variable.text} = next(iter(${items.text}))`] : undefined;
}

/**
 * Statements that enter the context managers of a `with` and bind its variables, so that its body can be observed from
 * inside; they are never left. Each manager has a variable of its own, since one without references would be closed.
 * Undefined for `async with`.
 */
export function enterContexts(block: SyntaxNode): string[] | undefined {
  const clause = partsOf(block).find(({ type }) => type === 'with_clause');
  if (!clause || block.children[0]?.type === 'async') return undefined;
  return partsOf(clause).flatMap((item, index) => {
    const value = item.childForFieldName('value') ?? item;
    const named = value.type === 'as_pattern';
    const manager = (named ? partsOf(value)[0] : value) ?? value;
    const alias = named ? value.childForFieldName('alias')?.text : undefined;
    const name = `manager_${index + 1}`;
    const enter = `${name}.__enter__()`;
    return [`${name} = ${dedentedText(manager)}`, alias === undefined ? enter : `${alias} = ${enter}`];
  });
}
