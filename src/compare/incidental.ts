import { withSortedBraces } from './braces.js';

/** Texts longer than this are compared as they are. */
const LONGEST = 200_000;

/**
 * What a text may say of where code stands and how it is made up, which no caller can rely on, by the pattern that finds
 * it; in this order.
 */
const INCIDENTAL: readonly (readonly [RegExp, string])[] = [
  // The frames of a traceback: the line that names the file, and the deeper ones below it that show the code.
  [/^([ \t|]*)File "[^"\n]*", line \d+[^\n]*(?:\n\1[ \t]+(?!File ")[^\n]*)*\n?/gm, ''],
  [/File "[^"\n]*", line \d+(?:, in [^\s'"]+)?/g, 'FILE'],
  [
    /<(?:function|bound method|built-in (?:function|method)|method-wrapper|slot wrapper)\b[^<>]*(?:<(?:locals|lambda)>[^<>]*)*(?:<[^<>]*>)?>/g,
    '<callable>',
  ],
  [/functools\.partial\((?:[^()]|\([^()]*\))*<callable>(?:[^()]|\([^()]*\))*\)/g, '<callable>'],
  [/<(?:[\w.]|<locals>)+(?: object)?(?: at 0x[0-9a-f.]+)>/g, '<object>'],
  [/(?:(?<![\w.])[\w.]+\.)?<locals>\.(?:<lambda>|\w+)|<lambda>/g, '<local>'],
  [/0x(?:[0-9a-f]{6,}|\.\.\.)/gi, '0x'],
  [/(?<=\.py[cx]?):\d+(?::\d+)?/g, ':N'],
  [/<root>[^\s:"'<>]*/g, '<root>'],
  [/(\bline|lineno)(?:['"]?\s*[ :=]\s*|\s+number\s+)\d+/gi, '$1 N'],
];

/**
 * Whether two different texts are equal but for where code stands, how functions without a public name are called, and the
 * order in which sets and dictionaries print their members.
 */
export function sameButForPlaces(left: string, right: string): boolean {
  if (left.length > LONGEST || right.length > LONGEST) return false;
  const [mine, others] = [withoutPlaces(left), withoutPlaces(right)];
  return mine === others || withSortedBraces(mine) === withSortedBraces(others);
}

const withoutPlaces = (text: string): string =>
  INCIDENTAL.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text);
