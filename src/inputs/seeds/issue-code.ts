import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf, statementsOf } from '../../python/syntax.js';
import { inlineCode, issueBlocks, type IssueBlock } from './issue-blocks.js';
import { parsableStatements, withLastValue } from './statements.js';
import { isTranscript, typedIn } from './transcript.js';

const OTHER_LANGUAGES =
  /^(diff|patch|bash|sh|shell|zsh|console|text|txt|json|ya?ml|toml|ini|cfg|html|xml|css|js|javascript|c|cpp|c\+\+|rst|md|markdown|pytb|traceback|sql|tex|latex|makefile|dockerfile|none)$/;
const DIFF = /^(diff --git |@@ |\+\+\+ |--- a\/)/m;

/** The statements of one block, or of one piece of inline code, of an issue. */
export interface IssueCode {
  readonly code: readonly string[];
  /** Whether it is a single call from running text. */
  readonly isInline: boolean;
}

/** The Python of an issue: its blocks in order, then the calls in its prose. */
export function codeOfIssue(text: string): IssueCode[] {
  const blocks = issueBlocks(text).map((block) => ({ block, code: codeOfBlock(block) }));
  const prose = blocks.filter(({ block, code }) => block.kind === 'loose' && code.length === 0);
  const inline = inlineCode(prose.map(({ block }) => block.text).join('\n')).map(inlineCall);
  return [
    ...blocks.map(({ code }) => ({ code, isInline: false })),
    ...inline.map((code) => ({ code, isInline: true })),
  ].filter(({ code }) => code.length > 0);
}

/** The Python statements of one block of an issue; none when it is not Python. */
function codeOfBlock(block: IssueBlock): string[] {
  if (DIFF.test(block.text)) return [];
  if (isTranscript(block.text)) {
    return withLastValue(typedIn(block.text).flatMap(parsableStatements).filter(isPlausible));
  }
  if (OTHER_LANGUAGES.test(block.language)) return [];
  if (block.kind === 'loose') return looseCode(block.text);
  const statements = parsableStatements(withoutTracebacks(block.text)).flatMap(unguarded);
  return statements.filter((statement) => isPlausible(statement) && !isBare(statement));
}

/** The text if it is an expression with a call; other inline code is mostly names and fragments. */
function inlineCall(text: string): string[] {
  const root = parsePython(text);
  const statements = partsOf(root);
  const expression = statements[0]?.type === 'expression_statement' ? partsOf(statements[0])[0] : undefined;
  const isCall = expression?.descendantsOfType('call').length !== 0 && expression?.type !== 'assignment';
  if (root.hasError || statements.length !== 1 || !expression || !isCall) return [];
  return [text];
}

/** The code of an unmarked paragraph, if all of it is imports, assignments, calls or compound statements. */
function looseCode(text: string): string[] {
  const root = parsePython(text);
  if (root.hasError) return [];
  const statements = partsOf(root);
  const isCode = (statement: SyntaxNode): boolean => {
    if (statement.type !== 'expression_statement')
      return statement.type !== 'print_statement' || statement.text.includes('(');
    const [first, ...others] = partsOf(statement);
    return (
      others.length === 0 &&
      (first?.type === 'call' || (first?.type === 'assignment' && first.childForFieldName('right') !== null))
    );
  };
  return statements.every(isCode) ? parsableStatements(text).flatMap(unguarded) : [];
}

function withoutTracebacks(text: string): string {
  return text.replace(/^Traceback \(most recent call last\):.*\n(?:[ \t]+.*\n|\n)*.*$/gm, '');
}

/** The body of `if __name__ == '__main__':`, since the code of an issue does not run as the main module. */
function unguarded(statement: string): string[] {
  const node = partsOf(parsePython(statement))[0];
  const guard = node?.type === 'if_statement' ? node.childForFieldName('condition')?.text : undefined;
  const body = guard && /__name__/.test(guard) ? node?.childForFieldName('consequence') : undefined;
  return body ? statementsOf(body).map(dedentedText) : [statement];
}

/** Excludes `ValueError: message`, which parses as an annotation, and what ends or blocks the session. */
function isPlausible(statement: string): boolean {
  const node = partsOf(parsePython(statement))[0];
  const first = node?.type === 'expression_statement' ? partsOf(node)[0] : undefined;
  if (first?.type === 'assignment' && !first.childForFieldName('right')) return false;
  return (
    node !== undefined &&
    !/^(exit|quit|input|breakpoint)\(/.test(statement) &&
    node.type !== 'return_statement'
  );
}

/** Whether a statement is a mere name or literal, which does nothing in a script and is often pasted output. */
function isBare(statement: string): boolean {
  const node = partsOf(parsePython(statement))[0];
  const parts = node?.type === 'expression_statement' ? partsOf(node) : [];
  return (
    parts.length > 0 &&
    parts.every(
      (part) =>
        !['call', 'assignment', 'subscript', 'attribute'].includes(part.type) &&
        part.descendantsOfType('call').length === 0,
    )
  );
}
