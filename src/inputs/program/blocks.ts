import type { SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf } from '../../python/syntax.js';

/** `self.assertEqual(a, b)` and its kin. */
export function isUnittestAssertion(node: SyntaxNode): boolean {
  return (
    node.type === 'call' && /^self\.(assert|fail)\w*$/.test(node.childForFieldName('function')?.text ?? '')
  );
}

/** `with self.assertRaises(E):`, `with pytest.raises(E):`. */
export const expectsException = (node: SyntaxNode): boolean =>
  /^with\s[^:]*\b(raises|assertRaises\w*|assertWarns\w*|warns)\(/.test(node.text);

/**
 * A compound statement whose assertions only compute what they are about: a failure would be the test's own, not
 * the code's. Undefined where an exception is expected inside.
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

/** A text that began in `column`, as it reads at the left margin: the lines after its first lose that much. */
export function outdented(text: string, column: number): string {
  const indentation = new RegExp(`^[ \\t]{0,${column}}`);
  const [first = '', ...rest] = text.split('\n');
  return [first, ...rest.map((line) => line.replace(indentation, ''))].join('\n');
}

/** The assertions of a block in their order, with the code that computes what each is about. */
function assertionsIn(block: SyntaxNode): { node: SyntaxNode; code: string }[] {
  return [
    ...block.descendantsOfType('assert_statement').map((node) => ({
      node,
      code: `(${node.firstNamedChild?.text ?? 'None'})`,
    })),
    ...block
      .descendantsOfType('call')
      .filter(isUnittestAssertion)
      .map((node) => ({ node, code: `(${argumentTexts(node).join(', ')})` })),
  ].sort((a, b) => a.node.startIndex - b.node.startIndex);
}

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
 * Enters the context managers of a `with` and binds its variables, for its body to be looked at from inside: nothing
 * leaves them. The managers are kept in variables of their own; what nobody holds would be closed. Undefined for
 * `async with`.
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
