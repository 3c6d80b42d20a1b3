/** Control characters but for tab and line feed, what reorders text, and what stands for a single byte. */
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * A text that a terminal shows as it is: a control character, with which a name or a message could move the cursor,
 * hide lines or set the title, is written as `\x1b`. `##[`, with which an older kind of workflow commands begins anywhere in
 * a line, is broken up, too.
 */
export const printable = (text: string): string =>
  text.replaceAll('##[', '#\\x23[').replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });

/**
 * A printable text that a log of GitHub Actions does not take for a command either: `::` where a line begins is one there,
 * whoever wrote it.
 */
export const terminalText = (text: string): string => printable(text).replace(/^(\s*):(?=:)/gm, '$1\\x3a');

/** A text that stays on its line: one of several that are joined. */
export const terminalLine = (text: string): string => terminalText(text.replaceAll('\n', '\\x0a'));
