import { BUILTIN_NAMES } from '../../python/builtin-names.js';
import { importedNames, isImport, narrowImport } from '../../python/imports.js';
import { boundNames, freeNames } from '../../python/names.js';
import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { partsOf } from '../../python/syntax.js';

const LONGEST_HINT = 200;

/**
 * The usual way in which developer tests bind a name: for each name its most frequent import or assignment, such as
 * `from sympy import Symbol` or `x, y = symbols('x y')`. Statements of modules take precedence over those in functions.
 */
export function mineImportHints(testSources: readonly string[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  const count = (name: string, statement: string, weight: number): void => {
    const known = counts.get(name) ?? new Map<string, number>();
    known.set(statement, (known.get(statement) ?? 0) + weight);
    counts.set(name, known);
  };
  for (const source of testSources) {
    for (const node of parsePython(source).walk()) {
      const isGlobal = node.parent?.type === 'module';
      const weight = isGlobal ? 1000 : 1;
      if (isImport(node)) for (const [name, statement] of importHints(node)) count(name, statement, weight);
      else if (isConstruction(node) && (isGlobal || standsAlone(node))) {
        for (const name of boundNames(node.text)) count(name, node.text, weight);
      }
    }
  }
  return new Map([...counts].map(([name, statements]) => [name, mostFrequent(statements)]));
}

function* importHints(node: SyntaxNode): Generator<readonly [string, string]> {
  const isRelative = node.childForFieldName('module_name')?.type === 'relative_import';
  if (isRelative || node.type === 'future_import_statement') return;
  for (const name of importedNames(node)) {
    if (name !== '*') yield [name, narrowImport(node, new Set([name]), '')];
  }
}

/** Whether a statement is a short assignment of the result of a call: `x = Symbol('x')`. */
function isConstruction(node: SyntaxNode): boolean {
  if (node.type !== 'expression_statement' || node.text.length > LONGEST_HINT || node.text.includes('\n'))
    return false;
  const assignment = partsOf(node)[0];
  return assignment?.type === 'assignment' && assignment.childForFieldName('right')?.type === 'call';
}

/** Whether an assignment in a function uses only builtins and the function that it calls. */
function standsAlone(node: SyntaxNode): boolean {
  const call = node.descendantsOfType('call')[0];
  const callee = call?.childForFieldName('function');
  return (
    callee?.type === 'identifier' &&
    [...freeNames(node)].every((name) => name === callee.text || BUILTIN_NAMES.has(name))
  );
}

function mostFrequent(statements: ReadonlyMap<string, number>): string {
  const [best] = [...statements].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return best?.[0] ?? '';
}
