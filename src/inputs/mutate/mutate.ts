import type { SyntaxNode } from '../../analysis/python-parser.js';
import { parsePython } from '../../analysis/python-parser.js';
import type { Input } from '../../model/input.js';
import { revise } from '../input.js';
import { descendants, replaceNode } from './edit.js';
import { changesType } from './types.js';
import { OPERATORS, type MutationContext } from './operators.js';

const LONGEST_SOURCE = 600;

/** Nodes whose inside is not code to mutate. */
const SKIPPED = new Set([
  'comment',
  'string_content',
  'string_start',
  'string_end',
  'escape_sequence',
  'parameters',
]);

/**
 * Every first-order mutant of an input that the context offers, grouped by operator and interleaved so that
 * any prefix of the list is a fair mix. Each parses, and none repeats another or the input.
 */
export function mutantsOf(input: Input, context: MutationContext): Input[] {
  const root = parsePython(input.source);
  if (root.hasError) return [];
  const nodes = descendants(root).filter((node) => node.id !== root.id && isMutable(node));
  const seen = new Set([input.source]);
  const queues = Object.entries(OPERATORS).map(([name, operator]) => {
    const edits = nodes.flatMap((node) =>
      operator(node, context).map((text) => ({
        text: replaceNode(root, node, text),
        node,
        replacement: text,
      })),
    );
    const fresh = edits.filter(
      ({ text }) => text.length <= LONGEST_SOURCE && !seen.has(text) && seen.add(text),
    );
    return { name, edits: context.random.sample(fresh, fresh.length) };
  });
  return interleave(queues.map(({ name, edits }) => edits.map((edit) => ({ name, ...edit })))).map((edit) =>
    revise(input, {
      source: edit.text,
      generator: 'mutation',
      mutations: [...input.mutations, edit.name],
      illTyped: input.illTyped || changesType(edit.node, edit.replacement, context.pool),
    }),
  );
}

/** Targets of assignments and names of keywords are no values. */
function isMutable(node: SyntaxNode): boolean {
  if (SKIPPED.has(node.type)) return false;
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.field === 'left' && at.parent?.type.endsWith('assignment')) return false;
  }
  return true;
}

/** The first of every queue, then the second of every queue, and so on. */
function interleave<T>(queues: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    queues.flatMap((queue) => queue.slice(index, index + 1)),
  ).flat();
}
