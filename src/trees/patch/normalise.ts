/** Start of one file's part of a patch: its `---` and `+++` lines. */
const FILE_START = /^(?=--- .*\r?\n\+\+\+ )/m;

/**
 * Repairs what mail and web forms do to a patch: adds a missing final newline, and takes carriage returns away where
 * the headers have them too (the whole text was converted) and the file to be patched has none.
 * `usesCrlf` says whether the lines of a file, relative to the tree, end in CRLF; false for a missing file.
 */
export async function normalisePatch(
  text: string,
  usesCrlf: (file: string) => Promise<boolean>,
): Promise<string> {
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  if (!/^(---|\+\+\+|diff --git) .*\r$/m.test(ended)) return ended;
  const parts = ended.split(FILE_START).map(async (part) => {
    const file = /^--- (?:[a-z]\/)?([^\t\r\n]+)/.exec(part)?.[1];
    const keep = file !== undefined && (await usesCrlf(file));
    return keep ? part.replace(/^(?![ +-](?!-- |\+\+ ))(.*)\r$/gm, '$1') : part.replaceAll('\r\n', '\n');
  });
  return (await Promise.all(parts)).join('');
}
