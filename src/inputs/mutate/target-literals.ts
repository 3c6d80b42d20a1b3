import type { Target } from '../../model/target.js';

/** What the code of the targets spells out, as source text of literals. */
export interface TargetLiterals {
  /** Numbers and texts in statements that only one of gold and candidate has: on these they may disagree. */
  readonly disputed: readonly string[];
  /** Characters of texts in those statements that are no letters, digits or blanks, also of texts with escapes. */
  readonly disputedMarks: ReadonlySet<string>;
  /** Names in those statements. */
  readonly disputedNames: ReadonlySet<string>;
  /** The characters that the code of any side has as texts of their own: what it looks for. */
  readonly characters: readonly string[];
}

const LONGEST = 40;
/** Texts with escapes, quotes or values in them, among tokens: their content stands apart from their quotes. */
const SPACED =
  /(?<!\S)[a-zA-Z]*(?:"(?:"")? (?:[^"\\]|\\[^])*? "(?:"")?|'(?:'')? (?:[^'\\]|\\[^])*? '(?:'')?)(?!\S)/g;
/** A text without any of these, or a number, among tokens. */
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

/** The words of a text that are long enough to name something. */
export const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w{3,}/g) ?? [];

function onlyInOne(a: string, b: string): string[] {
  const [left, right] = [new Set(a.split('\n')), new Set(b.split('\n'))];
  return [...left, ...right].filter((statement) => left.has(statement) !== right.has(statement));
}

const literalsOf = (statement: string): string[] =>
  (statement.replace(SPACED, '').match(LITERAL) ?? []).filter(({ length }) => length <= LONGEST);

/** The statement without what it spells out. */
const withoutLiterals = (statement: string): string => statement.replace(SPACED, '').replace(LITERAL, '');

const marksOf = (statement: string): string[] =>
  [...(statement.match(SPACED) ?? []), ...literalsOf(statement)].join('').match(/[^\w\s"'\\]/g) ?? [];
