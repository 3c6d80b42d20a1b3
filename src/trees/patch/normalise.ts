import { patchLines } from './lines.js';

/** Adds a missing final newline, without which git calls a patch corrupt. */
export const withFinalNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

const HEADER = /^(?:--- |\+\+\+ |diff --git )/;

/**
 * Repairs what mail and web forms do to a patch: adds a missing final newline, and takes carriage returns away where
 * every header has them too (the whole text was converted) and the file to be patched has none.
 * `usesCrlf` says whether the lines of a file, relative to the tree, end in CRLF; false for a missing file.
 */
export async function normalisePatch(
  text: string,
  usesCrlf: (file: string) => Promise<boolean>,
): Promise<string> {
  const ended = withFinalNewline(text);
  const lines = [...patchLines(ended)];
  const headers = lines.filter((line) => !line.isContent && HEADER.test(line.text));
  if (headers.length === 0 || !headers.every((line) => line.text.endsWith('\r'))) return ended;
  const repaired: string[] = [];
  let keep = false;
  for (const { text: line, isContent } of lines) {
    const file = isContent ? undefined : /^--- (?:[a-z]\/)?([^\t\r\n]+)/.exec(line)?.[1];
    if (file !== undefined) keep = await usesCrlf(file);
    repaired.push(isContent && keep && !line.startsWith('\\') ? line : line.replace(/\r$/, ''));
  }
  return repaired.join('\n');
}
