import type { Target } from '../../model/target.js';

/** The literals and names in the code of the targets, as source text. */
export interface TargetLiterals {
  /** Numbers and texts in statements that only one of gold and candidate has, where their behaviour may differ. */
  readonly disputed: readonly string[];
  /** Punctuation characters of the texts in those statements, including texts with escapes. */
  readonly disputedMarks: ReadonlySet<string>;
  /** Names in those statements. */
  readonly disputedNames: ReadonlySet<string>;
  /** Texts of one character in the code of any side: the code probably searches for these. */
  readonly characters: readonly string[];
}

const LONGEST = 40;
/** Matches, among tokens, texts with escapes, quotes or values in them; there, blanks separate content and quotes. */
const SPACED =
  /(?<!\S)[a-zA-Z]*(?:"(?:"")? (?:[^"\\]|\\[^])*? "(?:"")?|'(?:'')? (?:[^'\\]|\\[^])*? '(?:'')?)(?!\S)/g;
/** Matches, among tokens, a text without any of these, or a number. */
const LITERAL = /(?<!\S)(?:b?"[^"\\\n]*"|\d+(?:\.\d+)?(?!\S))/g;

/** Reads the literals of the targets. */
export function readTargetLiterals(targets: readonly Target[]): TargetLiterals {
  const all = targets.flatMap(({ definitions }) => Object.values(definitions).map(({ tokens }) => tokens));
  const characters = all.flatMap((tokens) =>
    [...tokens.matchAll(/"([^\\"\n])"/g)].map(([, one = '']) => one),
  );
  const statements = targets.flatMap(({ definitions: { gold, candidate } }) =>
    onlyInOne(gold?.tokens ?? '', candidate?.tokens ?? ''),
  );
  return {
    disputed: [...new Set(statements.flatMap(literalsOf))],
    disputedMarks: new Set(statements.flatMap(marksOf)),
    disputedNames: new Set(statements.map(withoutLiterals).flatMap(wordsOf)),
    characters: [...new Set(characters)],
  };
}

/** The words of a text that are long enough to be names. */
export const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w{3,}/g) ?? [];

function onlyInOne(a: string, b: string): string[] {
  const [left, right] = [new Set(a.split('\n')), new Set(b.split('\n'))];
  return [...left, ...right].filter((statement) => left.has(statement) !== right.has(statement));
}

const literalsOf = (statement: string): string[] =>
  (statement.replace(SPACED, '').match(LITERAL) ?? []).filter(({ length }) => length <= LONGEST);

/** The statement without its literals. */
const withoutLiterals = (statement: string): string => statement.replace(SPACED, '').replace(LITERAL, '');

const marksOf = (statement: string): string[] =>
  [...(statement.match(SPACED) ?? []), ...literalsOf(statement)].join('').match(/[^\w\s"'\\]/g) ?? [];
