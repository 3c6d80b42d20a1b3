import { isPrompt } from './transcript.js';

/** A piece of an issue's text that may be code. */
export interface IssueBlock {
  /** `loose`: a paragraph that is not marked as code. */
  readonly kind: 'fenced' | 'indented' | 'transcript' | 'loose';
  /** Info string of a fence: `python`, `pycon`; empty otherwise. */
  readonly language: string;
  readonly text: string;
}

const FENCE = /^\s*(```+|~~~+)\s*([\w+.-]*)/;
const INDENTED = /^(?: {4}|\t)/;

/** Splits an issue (Markdown or plain text) into its code blocks and paragraphs (`loose`), in order. */
export function issueBlocks(issue: string): IssueBlock[] {
  const lines = issue
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .split('\n');
  const blocks: IssueBlock[] = [];
  for (let at = 0; at < lines.length;) {
    const { block, end } = blockAt(lines, at);
    if (block) blocks.push(block);
    at = end;
  }
  return blocks;
}

/** The block that starts at a line and the line after it. */
function blockAt(lines: readonly string[], at: number): { block?: IssueBlock; end: number } {
  const line = lines[at] ?? '';
  const fence = FENCE.exec(line);
  if (fence) {
    const [, marker = '', language = ''] = fence;
    const end = endOf(lines, at + 1, (inside) => !inside.trim().startsWith(marker));
    return {
      block: { kind: 'fenced', language: language.toLowerCase(), text: dedent(lines.slice(at + 1, end)) },
      end: end + 1,
    };
  }
  if (line.trim() === '') return { end: at + 1 };
  if (isPrompt(line)) {
    const end = endOf(lines, at, (inside, index) => inside.trim() !== '' || isPrompt(nextText(lines, index)));
    return { block: { kind: 'transcript', language: '', text: dedent(lines.slice(at, end)) }, end };
  }
  if (INDENTED.test(line) && (lines[at - 1] ?? '').trim() === '') {
    const end = endOf(
      lines,
      at,
      (inside, index) =>
        INDENTED.test(inside) || (inside.trim() === '' && INDENTED.test(nextText(lines, index))),
    );
    return { block: { kind: 'indented', language: '', text: dedent(lines.slice(at, end)) }, end };
  }
  const end = endOf(
    lines,
    at + 1,
    (inside) => inside.trim() !== '' && !FENCE.test(inside) && !isPrompt(inside),
  );
  return { block: { kind: 'loose', language: '', text: lines.slice(at, end).join('\n') }, end };
}

function endOf(
  lines: readonly string[],
  from: number,
  goesOn: (line: string, index: number) => boolean,
): number {
  let at = from;
  while (at < lines.length && goesOn(lines[at] ?? '', at)) at++;
  return at;
}

/** The next line with text on it. */
function nextText(lines: readonly string[], from: number): string {
  return lines.slice(from).find((line) => line.trim() !== '') ?? '';
}

function dedent(lines: readonly string[]): string {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const margin = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(margin)).join('\n');
}

/** Code between backticks, and calls with arguments in running text without backticks: `Derivative(f(t), t)`. */
export function inlineCode(prose: string): string[] {
  const spans = [...prose.matchAll(/(`+)([^`\n]+)\1/g)].map((match) => match[2]?.trim() ?? '');
  const unmarked = prose.replace(/(`+)[^`\n]+\1/g, ' ');
  const calls: string[] = [];
  let end = 0;
  for (const { index } of unmarked.matchAll(/(?<![\w.])[A-Za-z_][\w.]*\((?=[^)\n])/g)) {
    const call = index < end ? undefined : callAt(unmarked, index);
    if (call === undefined) continue;
    calls.push(call);
    end = index + call.length;
  }
  return [...new Set([...spans, ...calls])];
}

/** The call that starts at an offset, including method calls on its result; undefined where it is not closed in its line. */
function callAt(text: string, from: number): string | undefined {
  let depth = 0;
  for (let at = from; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '(') depth++;
    if (text[at] !== ')' || --depth > 0) continue;
    if (!/^\.[A-Za-z_][\w.]*\(/.test(text.slice(at + 1))) return text.slice(from, at + 1);
  }
  return undefined;
}
