import { printable } from './terminal.js';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '"': "''",
  // After the end of a row these would be its arguments.
  '[': '{[}',
  '*': '{*}',
};

/** Text that LaTeX sets as it is: one line, nothing in it a command. */
export const latex = (text: string): string =>
  latexComment(text).replaceAll(/[\\~^<>"#$%&_{}[*]/g, (one) => SPECIAL[one] ?? `\\${one}`);

/** Text for a comment: one line, as control characters end a comment, or the document. */
export const latexComment = (text: string): string =>
  printable(text.replaceAll(/[\s\u0000-\u001f\u007f]+/g, ' '));
