import type { SyntaxNode } from '../../python/python-parser.js';
import { argumentsOf } from './edit.js';
import type { Random } from '../program/random.js';
import type { MutationContext } from './mutation-operator.js';

/** Places of one text that are edited: some anywhere, some where a word begins; and how many texts are inserted there. */
const PLACES = 3;
const WORDS = 2;
const INSERTED = 3;
/** Of the inserted texts, those in which the patches differ, and characters that the changed code searches for, at most. */
const DISPUTED = 2;
const LOOKED_FOR = 2;
const LONGEST_INSERTED = 12;
/** Enough repetitions to make a running time visible that grows faster than the length. */
const MANY = 24;
/** The same for two texts, one of which is searched for in the other, so that their lengths must differ. */
const [FEW, MOST] = [12, 36];

/**
 * Changes a text while keeping most of it, for code that parses texts: drops, doubles, moves or inserts a character,
 * drops some words, doubles the characters that formats escape, indents the text, and repeats it. Only for literals
 * without escapes other than line ends.
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

/** Inserts a text or a mark that only one of gold and candidate has in its code, where words begin and end. */
export function disputedText(node: SyntaxNode, { targetLiterals }: MutationContext): readonly string[] {
  const { quote, content } = plainText(node);
  if (content === '') return [];
  const characters = content.match(/\\n|[^]/g) ?? [];
  const into = (text: string, places: readonly number[]) =>
    places.map((place) => characters.slice(0, place).join('') + text + characters.slice(place).join(''));
  const ends = wordEnds(characters);
  const places = [...wordStarts(characters).slice(0, PLACES), characters.length];
  const isFree = (text: string) => !text.includes(quote);
  const texts = textsOf(targetLiterals.disputed).filter(isFree).slice(0, INSERTED);
  const inserted = [
    ...targetLiterals.marksOfOne
      .filter(isFree)
      .slice(0, INSERTED)
      .flatMap((mark) => into(mark, ends)),
    ...texts.flatMap((text) => into(text, places)),
  ];
  return inserted.map((text) => quote + text + quote);
}

/** Doubles those escape characters of formats that only one of gold and candidate has in its code. */
export function disputedEscape(node: SyntaxNode, { targetLiterals }: MutationContext): readonly string[] {
  const { quote, content } = plainText(node);
  return escaped(content, targetLiterals.disputedMarks).map((text) => quote + text + quote);
}

/**
 * The text with the characters doubled that some formats escape by doubling: `{{` in format strings, `%%` in dates. With
 * `marks`, only those characters.
 */
function escaped(content: string, marks?: ReadonlySet<string>): string[] {
  return ['{}', '%', '$']
    .filter((special) => !marks || [...marks].some((mark) => special.includes(mark)))
    .map((special) => content.replace(new RegExp(`[${special}]`, 'g'), (one) => one + one))
    .filter((text) => text !== content);
}

/** A few random places, and a few of those where a word begins. */
function placesIn(characters: readonly string[], random: Random): number[] {
  const anywhere = random.sample([...characters.keys()], PLACES);
  return [...new Set([...anywhere, ...random.sample(wordStarts(characters), WORDS)])];
}

const wordStarts = (characters: readonly string[]): number[] =>
  [...characters.keys()].filter(
    (place) => /^\w/.test(characters[place] ?? '') && !/^\w/.test(characters[place - 1] ?? ''),
  );

const PLAIN = /^("""|''')((?:(?!\1)[^\\])+)\1$|^(['"])((?:(?!\3)[^\\\n]|\\n)+)\3$/;
const MOST_ENDS = 6;

const wordEnds = (characters: readonly string[]): number[] =>
  [...characters.keys()]
    .filter((place) => /^\w/.test(characters[place] ?? '') && !/^\w/.test(characters[place + 1] ?? ''))
    .map((place) => place + 1)
    .slice(-MOST_ENDS);

/**
 * Quotes and content of a literal. Line ends of one on one line stay written as `\n`; the content is empty for literals with
 * other escapes and for f-strings, where it would not be the text itself.
 */
function plainText(node: SyntaxNode): { readonly quote: string; readonly content: string } {
  const plain = node.type === 'string' ? PLAIN.exec(node.text) : null;
  return { quote: plain?.[1] ?? plain?.[3] ?? '', content: plain?.[2] ?? plain?.[4] ?? '' };
}

/**
 * Repeats two texts of one call, one more often than the other, and ends the shorter one with a character that the
 * longer lacks. A search for one in the other fails only after trying everything, so that bad complexity shows.
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

/** The contents of short literals without quotes and escapes. */
const textsOf = (literals: readonly string[]): string[] =>
  literals
    .flatMap((literal) => /^(['"])([^\\'"\n]+)\1$/.exec(literal)?.[2] ?? [])
    .filter(({ length }) => length <= LONGEST_INSERTED);

/** The punctuation characters of texts, other than quotes: a parser probably searches for these. */
function punctuation(texts: readonly string[]): string[] {
  const literals = texts.flatMap((text) => /^['"](.*)['"]$/.exec(text)?.[1] ?? text);
  return [...new Set(literals.join('').replace(/[^\W_]|[\\'"\n]/g, ''))];
}
