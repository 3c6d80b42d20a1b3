import { parsePython, type SyntaxNode } from '../../analysis/python-parser.js';
import { dedentedText, partsOf } from '../../analysis/syntax.js';

/** A logical statement of text that is mostly no Python rarely spans more lines than this. */
const LONGEST_STATEMENT = 60;

/** The top-level statements of a source, each at column 0, without the comments between them. */
export function splitStatements(source: string): string[] {
  return partsOf(parsePython(source)).map(dedentedText);
}

/**
 * The statements that can be made out in text that need not be Python throughout: lines that do not parse (alone or
 * with those after them) are left out. Python 2's `print x` becomes `x`.
 */
export function parsableStatements(text: string): string[] {
  const whole = parsePython(text);
  if (!whole.hasError) return partsOf(whole).flatMap(modernStatements);
  const lines = text.split('\n');
  const found: string[] = [];
  for (let from = 0; from < lines.length;) {
    const to = endOfStatement(lines, from);
    if (to === undefined) from++;
    else {
      found.push(...partsOf(parsePython(lines.slice(from, to).join('\n'))).flatMap(modernStatements));
      from = to;
    }
  }
  return found;
}

/** The line after the statement that starts at `from`; undefined when none does. */
function endOfStatement(lines: readonly string[], from: number): number | undefined {
  if (!/^\S/.test(lines[from] ?? '')) return undefined;
  for (let to = from + 1; to <= Math.min(lines.length, from + LONGEST_STATEMENT); to++) {
    if (continuesBefore(lines, to)) continue;
    if (!parsePython(lines.slice(from, to).join('\n')).hasError) return to;
  }
  return undefined;
}

/** Whether the statement that ends before line `to` goes on there: indented lines, `else:` and their like. */
function continuesBefore(lines: readonly string[], to: number): boolean {
  const next = lines.slice(to).find((line) => line.trim() !== '');
  const isDecorator = /^@/.test(lines[to - 1] ?? '');
  return isDecorator || (next !== undefined && /^(\s|else\b|elif\b|except\b|finally\b)/.test(next));
}

function modernStatements(statement: SyntaxNode): string[] {
  if (statement.type !== 'print_statement') return [dedentedText(statement)];
  const values = partsOf(statement).filter((part) => part.type !== 'chevron');
  return values.map((value) => value.text);
}
