import { freeNames } from '../../python/names.js';
import { isPython, parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf } from '../../python/syntax.js';

/** In text that is mostly not Python, a statement rarely spans more lines than this. */
const LONGEST_STATEMENT = 60;

/** The top-level statements of a source, each at column 0, without the comments between them. */
export function splitStatements(source: string): string[] {
  return partsOf(parsePython(source)).map(dedentedText);
}

/**
 * The statements found in a text that is only partly Python. Leaves out lines that parse neither alone nor together with
 * the lines after them. Python 2's `print x` becomes `x`.
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
    const text = lines.slice(from, to).join('\n');
    if (goesOnAfter(text, lines.slice(to))) continue;
    return isPython(text) ? to : undefined;
  }
  return undefined;
}

/** Whether a statement is incomplete or continues in the following lines: indented lines, `else:` and the like. */
function goesOnAfter(text: string, following: readonly string[]): boolean {
  const next = following.find((line) => line.trim() !== '');
  if (next === undefined) return false;
  if (/\\$|(^|\n)@.*$/.test(text) || /^(\s|else\b|elif\b|except\b|finally\b)/.test(next)) return true;
  const code = text.replace(/("{3}|'{3})[\s\S]*?\1|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g, '');
  const depth = code.replace(/[^([{]/g, '').length - code.replace(/[^)\]}]/g, '').length;
  return depth > 0 || /"{3}|'{3}/.test(code);
}

function modernStatements(statement: SyntaxNode): string[] {
  if (statement.type !== 'print_statement') return [dedentedText(statement)];
  const values = partsOf(statement).filter((part) => part.type !== 'chevron');
  return values.map((value) => value.text);
}

/**
 * The statements of an interactive session, with an assignment to `_` (there, the last value shown) where the next
 * statement uses it.
 */
export function withLastValue(statements: readonly string[]): string[] {
  return statements.flatMap((statement, index) => {
    const node = partsOf(parsePython(statement))[0];
    const isValue = node?.type === 'expression_statement' && partsOf(node)[0]?.type !== 'assignment';
    const isUsed = isValue && freeNames(statements[index + 1] ?? '').has('_');
    return isUsed ? [statement, `_ = (${statement})`] : [statement];
  });
}
