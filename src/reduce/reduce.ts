import { boundNames, freeNames } from '../python/names.js';
import { parsePython } from '../python/python-parser.js';
import { partsOf } from '../python/syntax.js';
import { revise } from '../inputs/program/input.js';
import type { Input } from '../model/input.js';
import { reducedExpressions, subExpressions } from './reduce-expression.js';
import { isSmaller, sizeOf } from './token-size.js';

/** Reductions of one input, at most, since each costs a run on both sides. */
const MOST_REDUCTIONS = 160;

type Change = Parameters<typeof revise>[1];

/**
 * The inputs that one reduction step makes of an input, the biggest steps first: dropping unneeded set-up, dropping
 * statements, keeping only a sub-expression; and for mutants also reducing arguments, elements, operands and literals. So
 * an input that people wrote loses parts, but the rest stays as written. Each result parses and is strictly smaller.
 */
export function reductions(input: Input): Input[] {
  const size = sizeOf(input);
  if (!size) return [];
  const changes = [
    ...setUpSlices(input),
    ...droppedPrefix(input),
    ...droppedSourceStatements(input),
    ...subExpressions(input.source).map((source) => ({ source })),
    ...droppedPrelude(input),
    ...(input.mutations.length > 0 ? reducedExpressions(input.source).map((source) => ({ source })) : []),
  ];
  const seen = new Set([input.id]);
  const smaller: Input[] = [];
  for (const change of changes) {
    const reduced = revise(input, change);
    if (seen.has(reduced.id)) continue;
    seen.add(reduced.id);
    const reducedSize = sizeOf(reduced);
    if (reducedSize && isSmaller(reducedSize, size) && !givesAddress(reduced)) smaller.push(reduced);
    if (smaller.length === MOST_REDUCTIONS) break;
  }
  return smaller;
}

/** Whether an input may give an address, which is another one in every process. Only reducing what compares it makes one. */
const givesAddress = ({ source }: Input): boolean => /(?:^|\n)(?:hash|id)\([^\n]*\)$/.test(source);

/** Drops everything at once whose names the source does not need: of prelude and prefix, then of the prelude only. */
function setUpSlices({ prelude, prefix, source }: Input): Change[] {
  const prefixKept = neededStatements(prefix, source);
  return [
    { prelude: neededPrelude(prelude, [...prefixKept, source]), prefix: prefixKept },
    { prelude: neededPrelude(prelude, [...prefix, source]) },
  ];
}

/** Drops one half of the prefix, then single statements from the last on, except those whose names are used later. */
function droppedPrefix({ prefix, source }: Input): Change[] {
  const half = Math.ceil(prefix.length / 2);
  const halves = prefix.length > 3 ? [prefix.slice(half), prefix.slice(0, half)] : [];
  const singles = prefix.flatMap((statement, index) => {
    const later = [...prefix.slice(index + 1), source];
    const earlier = prefix.slice(0, index);
    return isUsed(statement, later, earlier) ? [] : [[...earlier, ...prefix.slice(index + 1)]];
  });
  return [...halves, ...singles.reverse()].map((kept) => ({ prefix: kept }));
}

/** Whether later code needs a name that only this statement binds. */
function isUsed(statement: string, later: readonly string[], earlier: readonly string[]): boolean {
  const needed = freeNames(later.join('\n'));
  const otherwise = boundNames(earlier.join('\n'));
  return [...boundNames(statement)].some((name) => needed.has(name) && !otherwise.has(name));
}

function droppedSourceStatements({ source }: Input): Change[] {
  const statements = statementTexts(source);
  if (statements.length < 2) return [];
  return statements.map((_, index) => ({ source: withoutIndex(statements, index).join('\n') }));
}

/** The prelude without one statement that nothing later needs, from the last on. */
function droppedPrelude({ prelude, prefix, source }: Input): Change[] {
  const statements = statementTexts(prelude);
  const drops = statements.flatMap((statement, index) => {
    const rest = withoutIndex(statements, index);
    const unneeded = !isUsed(statement, [...rest.slice(index), ...prefix, source], rest.slice(0, index));
    return unneeded ? [{ prelude: rest.join('\n') }] : [];
  });
  return drops.reverse();
}

/** The prelude with only the statements that `later` needs, and imports reduced to the names needed. */
function neededPrelude(prelude: string, later: readonly string[]): string {
  const kept = neededStatements(statementTexts(prelude), later.join('\n'));
  return kept
    .map((statement, index) => neededImports(statement, [...kept.slice(index + 1), ...later]))
    .join('\n');
}

/** `from m import a, b` without the names that later code does not use; any other statement as it is. */
function neededImports(statement: string, later: readonly string[]): string {
  const [node] = partsOf(parsePython(statement));
  const names = node?.type === 'import_from_statement' ? node.childrenForFieldName('name') : [];
  const needed = freeNames(later.join('\n'));
  const bound = (name: (typeof names)[number]) => name.childForFieldName('alias')?.text ?? name.text;
  const kept = names.filter((name) => needed.has(bound(name)));
  if (kept.length === 0 || kept.length === names.length) return statement;
  const module = node?.childForFieldName('module_name')?.text ?? '';
  return `from ${module} import ${kept.map(({ text }) => text).join(', ')}`;
}

/** The statements that bind a name which later kept code needs; star imports and future imports always. */
function neededStatements(statements: readonly string[], source: string): string[] {
  const kept: string[] = [];
  for (const statement of statements.toReversed()) {
    const needed = freeNames([...kept, source].join('\n'));
    const star = /^from\s+\S+\s+import\s+\*/.test(statement) || statement.startsWith('from __future__');
    if (star || [...boundNames(statement)].some((name) => needed.has(name))) kept.unshift(statement);
  }
  return kept;
}

const statementTexts = (code: string): string[] => partsOf(parsePython(code)).map(({ text }) => text);

const withoutIndex = <T>(items: readonly T[], index: number): T[] =>
  items.filter((_, other) => other !== index);
