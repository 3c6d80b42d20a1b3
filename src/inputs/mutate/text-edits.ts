import type { SyntaxNode } from '../../python/python-parser.js';
import { argumentsOf } from './edit.js';
import type { Random } from '../program/random.js';
import type { MutationContext } from './mutation-operator.js';

/** Places in one text that are edited, as many of them where a word begins; and characters of the patches that are put in. */
const PLACES = 3;
const WORDS = 2;
const INSERTED = 3;
/** Of those, the texts on which the patches may disagree, and the characters that the changed code looks for, at most. */
const DISPUTED = 2;
const LOOKED_FOR = 2;
const LONGEST_INSERTED = 12;
/** Enough repetitions for a cost that grows with the power of the length to show. */
const MANY = 24;
/** The same for two texts of which one is looked for in the other: they must not be equally long. */
const [FEW, MOST] = [12, 36];

/**
 * Edits inside a text that keep most of it, for code that parses: a character lost, doubled, moved or put in, some words
 * lost, a special character escaped wherever it stands, the whole indented, and repeated many times. Only for plain literals,
 * whose content is their text.
 */
export function textEdit(
  node: SyntaxNode,
  { pool, random, targetLiterals }: MutationContext,
): readonly string[] {
  const { quote, content } = plainText(node);
  if (content === '') return [];
  const characters = content.match(/\\n|[^]/g) ?? [];
  const disputed = textsOf(targetLiterals.disputed);
  const looked = [
    ...textsOf(pool.constants).filter(({ length }) => length === 1),
    ...targetLiterals.characters,
  ];
  const marks = punctuation([...pool.constants, content]);
  const inserted = [
    ...new Set([
      ...random.sample(disputed, DISPUTED),
      ...random.sample(looked, LOOKED_FOR),
      ...random.sample(marks, INSERTED),
    ]),
  ]
    .filter((text) => !text.includes(quote))
    .slice(0, INSERTED);
  const texts = placesIn(characters, random).flatMap((place) => {
    const before = characters.slice(0, place).join('');
    const [at = '', next = '', ...rest] = characters.slice(place);
    const after = next + rest.join('');
    return [
      before + after,
      before + at + at + after,
      next === '' ? before : before + next + at + rest.join(''),
      ...inserted.map((character) => before + character + at + after),
    ];
  });
  const words = content.match(/\\n|\w+|\W/g) ?? [];
  const cuts = random.sample([...words.keys()], PLACES).map((start) => {
    const length = 1 + random.below(words.length - start);
    return [...words.slice(0, start), ...words.slice(start + length)].join('');
  });
  const edited = [
    ...texts,
    ...cuts,
    ...escaped(content),
    ` ${content}`,
    content + content,
    content.repeat(MANY),
    ...inserted.map((one) => content + one),
  ];
  return edited.map((text) => quote + text + quote);
}

/** A text gets what only one of gold and candidate spells out, where a word begins and at its end. */
export function disputedText(node: SyntaxNode, { targetLiterals }: MutationContext): readonly string[] {
  const { quote, content } = plainText(node);
  if (content === '') return [];
  const characters = content.match(/\\n|[^]/g) ?? [];
  const places = [...wordStarts(characters).slice(0, PLACES), characters.length];
  const texts = textsOf(targetLiterals.disputed)
    .filter((text) => !text.includes(quote))
    .slice(0, INSERTED);
  const inserted = texts.flatMap((text) =>
    places.map((place) => characters.slice(0, place).join('') + text + characters.slice(place).join('')),
  );
  return inserted.map((text) => quote + text + quote);
}

/** In a text, what small languages escape by doubling is doubled where gold and candidate dispute it. */
export function disputedEscape(node: SyntaxNode, { targetLiterals }: MutationContext): readonly string[] {
  const { quote, content } = plainText(node);
  return escaped(content, targetLiterals.disputedMarks).map((text) => quote + text + quote);
}

/**
 * The text with the characters doubled that small languages escape by doubling: `{{` in formats, `%%` in dates. Where `marks` are
 * given, only those.
 */
function escaped(content: string, marks?: ReadonlySet<string>): string[] {
  return ['{}', '%', '$']
    .filter((special) => !marks || [...marks].some((mark) => special.includes(mark)))
    .map((special) => content.replace(new RegExp(`[${special}]`, 'g'), (one) => one + one))
    .filter((text) => text !== content);
}

/** Some places anywhere, and some where a word begins. */
function placesIn(characters: readonly string[], random: Random): number[] {
  const anywhere = random.sample([...characters.keys()], PLACES);
  return [...new Set([...anywhere, ...random.sample(wordStarts(characters), WORDS)])];
}

const wordStarts = (characters: readonly string[]): number[] =>
  [...characters.keys()].filter(
    (place) => /^\w/.test(characters[place] ?? '') && !/^\w/.test(characters[place - 1] ?? ''),
  );

/**
 * What a literal in one line holds, line ends as they are written; nothing where its content is not its text otherwise, as
 * with other escapes and in f-strings.
 */
function plainText(node: SyntaxNode): { readonly quote: string; readonly content: string } {
  const plain = node.type === 'string' ? /^(['"])((?:(?!\1)[^\\\n]|\\n)+)\1$/.exec(node.text) : null;
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

/** What short literals hold, as far as they hold no quotes or escapes. */
const textsOf = (literals: readonly string[]): string[] =>
  literals
    .flatMap((literal) => /^(['"])([^\\'"\n]+)\1$/.exec(literal)?.[2] ?? [])
    .filter(({ length }) => length <= LONGEST_INSERTED);

/** The characters of texts that are no letters, digits or quotes: what a parser looks for. */
function punctuation(texts: readonly string[]): string[] {
  const literals = texts.flatMap((text) => /^['"](.*)['"]$/.exec(text)?.[1] ?? text);
  return [...new Set(literals.join('').replace(/[^\W_]|[\\'"\n]/g, ''))];
}
