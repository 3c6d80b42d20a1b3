import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { MutationContext } from './operators.js';

/** Places in one text that are edited, and characters of the patches that are put in. */
const PLACES = 3;
const INSERTED = 3;
/** Enough repetitions for a cost that grows with the power of the length to show. */
const MANY = 24;

/**
 * Edits inside a text that keep most of it, for code that parses: a character lost, doubled, moved or put in, and the
 * whole repeated many times. Only for plain literals, whose content is their text.
 */
export function textEdit(node: SyntaxNode, { pool, random }: MutationContext): readonly string[] {
  const plain = node.type === 'string' ? /^(['"])([^\\\n'"{}]+)\1$/.exec(node.text) : null;
  const [, quote = '', content = ''] = plain ?? [];
  if (content === '') return [];
  const places = random.sample([...Array(content.length).keys()], PLACES);
  const inserted = random.sample(punctuation([...pool.constants, content]), INSERTED);
  const texts = places.flatMap((place) => {
    const [before, at, after] = [content.slice(0, place), content[place] ?? '', content.slice(place + 1)];
    return [
      before + after,
      before + at + at + after,
      after.slice(0, 1) === '' ? before : before + after.slice(0, 1) + at + after.slice(1),
      ...inserted.map((character) => before + character + at + after),
    ];
  });
  const edited = [...texts, content + content, content.repeat(MANY), ...inserted.map((one) => content + one)];
  return edited.map((text) => quote + text + quote);
}

/** The characters of texts that are no letters, digits or quotes: what a parser looks for. */
function punctuation(texts: readonly string[]): string[] {
  const literals = texts.flatMap((text) => /^['"](.*)['"]$/.exec(text)?.[1] ?? text);
  return [...new Set(literals.join('').replace(/[\w\\'"\n{}]/g, ''))];
}
