import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { dedentedText, partsOf, statementsOf } from '../../python/syntax.js';
import { inlineCode, issueBlocks, type IssueBlock } from './issue-blocks.js';
import { parsableStatements, withLastValue } from './statements.js';
import { isTranscript, typedIn } from './transcript.js';

const OTHER_LANGUAGES =
  /^(diff|patch|bash|sh|shell|zsh|console|text|txt|json|ya?ml|toml|ini|cfg|html|xml|css|js|javascript|c|cpp|c\+\+|rst|md|markdown|pytb|traceback|sql|tex|latex|makefile|dockerfile|none)$/;
const DIFF = /^(diff --git |@@ |\+\+\+ |--- a\/)/m;

/** Statements that stand together in an issue. */
export interface IssueCode {
  readonly code: readonly string[];
  /** A single call out of a sentence. */
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

/** The Python statements of one block of an issue; none when it is no Python. */
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

/** A call, possibly with more done to its result; other inline code is names and fragments. */
function inlineCall(text: string): string[] {
  const root = parsePython(text);
  const statements = partsOf(root);
  const expression = statements[0]?.type === 'expression_statement' ? partsOf(statements[0])[0] : undefined;
  const isCall = expression?.descendantsOfType('call').length !== 0 && expression?.type !== 'assignment';
  if (root.hasError || statements.length !== 1 || !expression || !isCall) return [];
  return [text];
}

/** Lines of code that nobody marked: all of a paragraph must be imports, assignments, calls or blocks of code. */
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

/** Issue code is to run although it is not the main module. */
function unguarded(statement: string): string[] {
  const node = partsOf(parsePython(statement))[0];
  const guard = node?.type === 'if_statement' ? node.childForFieldName('condition')?.text : undefined;
  const body = guard && /__name__/.test(guard) ? node?.childForFieldName('consequence') : undefined;
  return body ? statementsOf(body).map(dedentedText) : [statement];
}

/** Not `ValueError: message`, which reads as an annotation, nor what tears the session down. */
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

/** A name or literal alone does nothing in a script; often it is output. */
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
