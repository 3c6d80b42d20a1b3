import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { partsOf } from '../../python/syntax.js';
import { descendants, replaceNode } from './edit.js';
import { literal, ownLiteral } from './literal-edits.js';
import type { MutationContext, MutationOperator } from './mutation-operator.js';
import { textEdit } from './text-edits.js';
import { operands } from './value-edits.js';

/** Edits of one text, at most. */
const MOST_EDITS = 16;
/** Operators for the code inside. Only those that need no names, since it is unknown which names that code has. */
const INSIDE: readonly MutationOperator[] = [literal, ownLiteral, operands, textEdit];

/**
 * Mutates a text that contains Python like code: changes its values, and drops, doubles and reorders its statements. For
 * programs under test that read programs or expressions.
 */
export function codeInText(node: SyntaxNode, context: MutationContext): readonly string[] {
  const { quote, content } = textOf(node);
  const root = codeOf(content);
  if (!root) return [];
  const inside = descendants(root);
  const values = inside.flatMap((part) =>
    INSIDE.flatMap((propose) => propose(part, context)).map((replacement) =>
      replaceNode(root, part, replacement),
    ),
  );
  const { random } = context;
  const edits = [
    ...random.sample(values, MOST_EDITS),
    ...random.sample(inside.flatMap(reordered(root)), MOST_EDITS / 2),
  ];
  return edits
    .map((text) => content.slice(0, root.startIndex) + text + content.slice(root.endIndex))
    .filter((text) => text !== content && isPlain(text, quote))
    .map((text) => quote + text + quote);
}

/** The content of a text literal without escapes; empty for any other node, including f-strings and bytes. */
function textOf(node: SyntaxNode): { readonly quote: string; readonly content: string } {
  const match = node.type === 'string' ? /^("""|'''|"|')([^]*)\1$/.exec(node.text) : null;
  const [, quote = '', content = ''] = match ?? [];
  return isPlain(content, quote) ? { quote, content } : { quote, content: '' };
}

/** Whether a text can stand between such quotes without escapes. */
function isPlain(text: string, quote: string): boolean {
  if (text.includes('\\') || text.includes(quote) || text.endsWith(quote.charAt(0))) return false;
  return quote.length > 1 || !text.includes('\n');
}

/** The syntax tree of a text that is Python, indented or not; undefined for other texts and for mere words. */
function codeOf(content: string): SyntaxNode | undefined {
  if (!/[^\w\s.,:;!?-]/.test(content)) return undefined;
  const root = parsePython(content);
  return !root.hasError && descendants(root).some(({ type }) => TELLING.has(type)) ? root : undefined;
}

/** A text without any of these nodes parses as Python only by chance. */
const TELLING = new Set([
  'call',
  'assignment',
  'binary_operator',
  'comparison_operator',
  'function_definition',
  'class_definition',
  'import_statement',
  'import_from_statement',
]);

/** The whole text with one statement of a block dropped, doubled, or moved behind the next one. */
function reordered(root: SyntaxNode): (block: SyntaxNode) => string[] {
  const { text: whole, startIndex } = root;
  return (block) => {
    if (block.type !== 'module' && block.type !== 'block') return [];
    const statements = partsOf(block);
    return statements.flatMap((statement, index) => {
      const next = statements[index + 1];
      const [from, to] = [statement.startIndex - startIndex, statement.endIndex - startIndex];
      if (!next) return [];
      const between = whole.slice(to, next.startIndex - startIndex);
      const [before, after] = [whole.slice(0, from), whole.slice(next.endIndex - startIndex)];
      return [
        before + next.text + after,
        before + statement.text + between + statement.text + between + next.text + after,
        before + next.text + between + statement.text + after,
      ];
    });
  };
}
