import type { Target } from '../../model/target.js';

/** The literals and names in the code of the targets, as source text. */
export interface TargetLiterals {
  /** Numbers and texts in statements that only one of gold and candidate has, where their behaviour may differ. */
  readonly disputed: readonly string[];
  /** Punctuation characters of the texts in those statements, including texts with escapes. */
  readonly disputedMarks: ReadonlySet<string>;
  /** Those of them that only one of the two sides has there, and may look for in what it is given. */
  readonly marksOfOne: readonly string[];
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
  const sides = targets.map(({ definitions: { gold, candidate } }) =>
    onlyInOne(gold?.tokens ?? '', candidate?.tokens ?? ''),
  );
  const statements = sides.flat(2);
  const [golds, candidates] = [0, 1].map(
    (side) => new Set(sides.flatMap((both) => both[side] ?? []).flatMap(marksOf)),
  ) as [Set<string>, Set<string>];
  return {
    disputed: [...new Set(statements.flatMap(literalsOf))],
    disputedMarks: new Set(statements.flatMap(marksOf)),
    marksOfOne: [...golds, ...candidates].filter((mark) => golds.has(mark) !== candidates.has(mark)),
    disputedNames: new Set(statements.map(withoutLiterals).flatMap(wordsOf)),
    characters: [...new Set(characters)],
  };
}

/** The words of a text that are long enough to be names. */
export const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w{3,}/g) ?? [];

/** The statements that only the first has, and those that only the second has. */
function onlyInOne(a: string, b: string): [string[], string[]] {
  const [left, right] = [new Set(a.split('\n')), new Set(b.split('\n'))];
  return [[...left].filter((one) => !right.has(one)), [...right].filter((one) => !left.has(one))];
}

const literalsOf = (statement: string): string[] =>
  (statement.replace(SPACED, '').match(LITERAL) ?? []).filter(({ length }) => length <= LONGEST);

/** The statement without its literals. */
const withoutLiterals = (statement: string): string => statement.replace(SPACED, '').replace(LITERAL, '');

const marksOf = (statement: string): string[] =>
  [...(statement.match(SPACED) ?? []), ...literalsOf(statement)].join('').match(/[^\w\s"'\\]/g) ?? [];
