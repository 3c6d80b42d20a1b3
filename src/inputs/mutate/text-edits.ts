import type { SyntaxNode } from '../../analysis/python-parser.js';
import { argumentsOf } from './edit.js';
import type { MutationContext } from './operators.js';

/** Places in one text that are edited, and characters of the patches that are put in. */
const PLACES = 3;
const INSERTED = 3;
/** Enough repetitions for a cost that grows with the power of the length to show. */
const MANY = 24;
/** The same for two texts of which one is looked for in the other: they must not be equally long. */
const [FEW, MOST] = [12, 36];

/**
 * Edits inside a text that keep most of it, for code that parses: a character lost, doubled, moved or put in, some words
 * lost, and the whole repeated many times. Only for plain literals, whose content is their text.
 */
export function textEdit(node: SyntaxNode, { pool, random }: MutationContext): readonly string[] {
  const { quote, content } = plainText(node);
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
  const words = content.match(/\w+|\W/g) ?? [];
  const cuts = random.sample([...words.keys()], PLACES).map((start) => {
    const length = 1 + random.below(words.length - start);
    return [...words.slice(0, start), ...words.slice(start + length)].join('');
  });
  const edited = [
    ...texts,
    ...cuts,
    content + content,
    content.repeat(MANY),
    ...inserted.map((one) => content + one),
  ];
  return edited.map((text) => quote + text + quote);
}

/** What a literal in one line holds; nothing where its content is not its text, as with escapes and in f-strings. */
function plainText(node: SyntaxNode): { readonly quote: string; readonly content: string } {
  const plain = node.type === 'string' ? /^(['"])([^\\\n'"]+)\1$/.exec(node.text) : null;
  return { quote: plain?.[1] ?? '', content: plain?.[2] ?? '' };
}

/**
 * Two texts of one call are repeated, one of them more often, and the other one ends in what is not in the first: the
 * search for one in the other goes through all ways to fail.
 */
export function growTogether(node: SyntaxNode): readonly string[] {
  if (node.type !== 'call') return [];
  const parts = argumentsOf(node);
  const texts = parts.filter((part) => plainText(part).content !== '');
  return texts.flatMap((few) =>
    texts
      .filter((most) => most.id !== few.id)
      .map((most) => {
        const grown = parts.map((part) =>
          part.id === few.id
            ? `${part.text} * ${FEW} + '!'`
            : part.id === most.id
              ? `${part.text} * ${MOST}`
              : part.text,
        );
        return `${node.childForFieldName('function')?.text ?? ''}(${grown.join(', ')})`;
      }),
  );
}

/** The characters of texts that are no letters, digits or quotes: what a parser looks for. */
function punctuation(texts: readonly string[]): string[] {
  const literals = texts.flatMap((text) => /^['"](.*)['"]$/.exec(text)?.[1] ?? text);
  return [...new Set(literals.join('').replace(/[\w\\'"\n]/g, ''))];
}
