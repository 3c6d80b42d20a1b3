import type { SyntaxNode } from '../../python/python-parser.js';
import { BUILTIN_NAMES } from '../../python/builtin-names.js';
import { freeNames } from '../../python/names.js';
import { parsePython } from '../../python/python-parser.js';
import { argumentsOf, calleeName, descendants } from './edit.js';
import { literalType } from './literal-type.js';

/** Fragments that are drawn for one node; a pool may have thousands. */
export const SAMPLE = 6;

/** An expression found in a test, the issue or a docstring, as source text. */
export interface Fragment {
  readonly text: string;
  readonly kind: string;
  /** The type of the literal, as `literalType` names it. */
  readonly type: string | undefined;
  /** Names that must be bound where it is used. */
  readonly names: readonly string[];
}

/** Material for mutants, mined from the tests, issue and patches of the instance. */
export interface FragmentPool {
  /** Values and constructor calls, each once. */
  readonly fragments: readonly Fragment[];
  /** The values found as arguments, by `callee`, `callee#position` or `callee/keyword=`. */
  readonly arguments: ReadonlyMap<string, readonly Fragment[]>;
  /** Names of methods called without arguments. */
  readonly methods: readonly string[];
  /** Names of public attributes that the tests and the changed modules read, the most frequent first. */
  readonly attributes: readonly string[];
  /** Literals of the diffs and the issue, as source text. */
  readonly constants: readonly string[];
  /** Lines of the documents that the examples hold in literals, without their indentation, each once. */
  readonly lines: readonly string[];
}

const LONGEST_FRAGMENT = 90;
const MOST_FRAGMENTS = 4000;
const MOST_ATTRIBUTES = 24;
const LONGEST_LINE = 60;
const MOST_LINES = 400;
const FRAGMENT_NODES = new Set([
  'call',
  'identifier',
  'attribute',
  'binary_operator',
  'unary_operator',
  'integer',
  'float',
  'string',
  'list',
  'tuple',
  'dictionary',
  'set',
  'true',
  'false',
  'none',
]);

/** The source texts that a pool is mined from. */
export interface PoolSources {
  /** Test functions, issue blocks, docstring examples. */
  readonly examples: readonly string[];
  /** Added and removed lines of the patches, and other code with relevant constants. */
  readonly constants: readonly string[];
  /** The changed modules. */
  readonly modules: readonly string[];
}

/** Mines the examples for fragments and methods, and the other sources for constants and attributes. */
export function minePool({ examples, constants, modules }: PoolSources): FragmentPool {
  const fragments = new Map<string, Fragment>();
  const seenAt = new Map<string, Map<string, Fragment>>();
  const methods = new Set<string>();
  const lines = new Set<string>();
  for (const source of examples) {
    for (const node of descendants(parsePython(source))) {
      if (node.type === 'string' && isDocument(node.text))
        for (const line of linesOf(node.text)) lines.add(line);
      if (node.type !== 'call') continue;
      mineCall(node, fragments, seenAt);
      const callee = node.childForFieldName('function');
      // A method of the test case itself exists on no other object.
      const ownMethod = callee?.childForFieldName('object')?.text === 'self';
      if (callee?.type === 'attribute' && !ownMethod && argumentsOf(node).length === 0) {
        const method = calleeName(node);
        if (method) methods.add(method);
      }
    }
  }
  return {
    fragments: [...fragments.values()].slice(0, MOST_FRAGMENTS),
    arguments: new Map([...seenAt].map(([key, values]) => [key, [...values.values()]])),
    methods: [...methods].sort(),
    attributes: mineAttributes([...examples, ...modules]),
    constants: mineConstants(constants),
    lines: [...lines].slice(0, MOST_LINES),
  };
}

/** Whether a literal is a text of several lines, without escapes in its prefix. */
export const isDocument = (literal: string): boolean =>
  /^("""|''')/.test(literal) && literal.split('\n').length > 2;

/** The lines of a document that can stand in another literal as they are. */
function linesOf(document: string): string[] {
  return document
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.length <= LONGEST_LINE && !/["'\\]/.test(line));
}

/** The part of a pool whose fragments need only builtins and `available` names. */
export function restrictPool(pool: FragmentPool, available: ReadonlySet<string>): FragmentPool {
  const usable = (fragment: Fragment) =>
    fragment.names.every((name) => available.has(name) || BUILTIN_NAMES.has(name));
  return {
    ...pool,
    fragments: pool.fragments.filter(usable),
    arguments: new Map([...pool.arguments].map(([key, values]) => [key, values.filter(usable)])),
  };
}

function mineCall(
  call: SyntaxNode,
  fragments: Map<string, Fragment>,
  seenAt: Map<string, Map<string, Fragment>>,
): void {
  const callee = calleeName(call);
  if (callee && !/^assert|^raises$/.test(callee)) {
    const whole = fragmentOf(call);
    if (whole) fragments.set(whole.text, whole);
  }
  for (const [position, argument] of argumentsOf(call).entries()) {
    const keyword =
      argument.type === 'keyword_argument' ? argument.childForFieldName('name')?.text : undefined;
    const value = keyword ? argument.childForFieldName('value') : argument;
    const fragment = value && fragmentOf(value);
    if (!fragment) continue;
    fragments.set(fragment.text, fragment);
    if (!callee) continue;
    for (const key of keyword ? [`${callee}/${keyword}=`] : [callee, `${callee}#${position}`]) {
      const values = seenAt.get(key) ?? new Map<string, Fragment>();
      values.set(fragment.text, fragment);
      seenAt.set(key, values);
    }
  }
}

function fragmentOf(node: SyntaxNode): Fragment | undefined {
  if (!FRAGMENT_NODES.has(node.type) || node.text.length > LONGEST_FRAGMENT || node.text.includes('\n')) {
    return undefined;
  }
  return { text: node.text, kind: kindOf(node), type: literalType(node), names: [...freeNames(node.text)] };
}

/** Fragments of one kind are likely to fit the same places. */
export function kindOf(node: SyntaxNode): string {
  return node.type === 'call' ? `call ${calleeName(node) ?? ''}` : node.type;
}

/** Attributes that are read from values: neither written nor called, and not those of classes or imported modules. */
function mineAttributes(sources: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const nodes = descendants(parsePython(source));
    const imported = new Set(nodes.filter(isImported).map(({ text }) => text));
    for (const node of nodes) {
      if (node.type !== 'attribute' || node.field === 'function' || node.field === 'left') continue;
      const object = node.childForFieldName('object')?.text ?? '';
      const name = node.childForFieldName('attribute')?.text ?? '_';
      if (name.startsWith('_') || imported.has(object) || /^[A-Z]\w*$/.test(object)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return byCount.map(([name]) => name).slice(0, MOST_ATTRIBUTES);
}

/** Whether a node is a name in an import. */
const isImported = ({ parent }: SyntaxNode): boolean =>
  parent?.type === 'aliased_import' || (parent?.type === 'dotted_name' && parent.field === 'name');

function mineConstants(sources: readonly string[]): string[] {
  const constants = new Set<string>();
  for (const source of sources) {
    for (const node of descendants(parsePython(source))) {
      if (!['integer', 'float', 'string'].includes(node.type) || node.text.length > 40) continue;
      if (!node.text.includes('\n') && !node.hasError) constants.add(node.text);
    }
  }
  return [...constants].sort();
}
