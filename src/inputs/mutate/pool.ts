import type { SyntaxNode } from '../../analysis/python-parser.js';
import { BUILTIN_NAMES } from '../../analysis/builtin-names.js';
import { freeNames } from '../../analysis/names.js';
import { parsePython } from '../../analysis/python-parser.js';
import { argumentsOf, calleeName, descendants } from './edit.js';
import { literalType } from './literal-type.js';

/** Fragments drawn for one node: a pool may hold thousands. */
export const SAMPLE = 6;

/** A piece of source found in a test, the issue or a docstring, with the names it needs. */
export interface Fragment {
  readonly text: string;
  readonly kind: string;
  /** The type a literal shows, as `literalType` names it. */
  readonly type: string | undefined;
  readonly names: readonly string[];
}

/** What mutation draws from: everything the instance's own tests, issue and diffs were seen to use. */
export interface FragmentPool {
  /** Values and constructor calls, each once. */
  readonly fragments: readonly Fragment[];
  /** For `callee`, `callee#position` or `callee/keyword=`: the values seen there. */
  readonly arguments: ReadonlyMap<string, readonly Fragment[]>;
  /** Names of methods called without arguments. */
  readonly methods: readonly string[];
  /** Literals of the diffs and the issue, as source text. */
  readonly constants: readonly string[];
}

const LONGEST_FRAGMENT = 90;
const MOST_FRAGMENTS = 4000;
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

/**
 * Mines `sources` (test functions, issue blocks, docstring examples) for fragments, and `constantSources`
 * (added and removed lines of the patches) for literals.
 */
export function minePool(sources: readonly string[], constantSources: readonly string[]): FragmentPool {
  const fragments = new Map<string, Fragment>();
  const seenAt = new Map<string, Map<string, Fragment>>();
  const methods = new Set<string>();
  for (const source of sources) {
    for (const node of descendants(parsePython(source))) {
      if (node.type !== 'call') continue;
      mineCall(node, fragments, seenAt);
      const callee = node.childForFieldName('function');
      // What a test case can do for itself, no object can.
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
    constants: mineConstants(constantSources),
  };
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
