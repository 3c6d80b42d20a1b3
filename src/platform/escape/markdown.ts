/** What Markdown, or the HTML in it, would take for more than text. */
const MARKS = /[\\|`*_[\]]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const oneLine = (text: string): string => text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ');
/** HTML is told apart by its first characters: `a < b` stays as it is, whoever reads the Markdown. */
const withoutTags = (text: string): string =>
  text.replace(/<(?=[a-z/!?])|&(?=#?\w+;)/gi, (one) => ENTITIES[one] ?? one);

/** Text for a table cell or a paragraph: one line, with what Markdown would interpret escaped. */
export const cell = (text: string): string =>
  oneLine(text)
    .replace(/[&<>]/g, (one) => ENTITIES[one] ?? one)
    .replace(MARKS, '\\$&');

/**
 * Text as inline code, inside a cell too; backticks in it get a longer fence. Where it holds what looks like HTML it is an
 * element instead: not every reader of Markdown agrees where code ends, and none must find a tag.
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (withoutTags(line) !== line) return `<code>${cell(line)}</code>`;
  const escaped = line.replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(escaped) + 1);
  return fence.length === 1 ? `\`${escaped}\`` : `${fence} ${escaped} ${fence}`;
}

/** Text as a fenced block; backticks in it get a longer fence. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table; cells must be escaped already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
