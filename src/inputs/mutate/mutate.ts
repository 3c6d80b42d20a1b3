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

/** Of so many and one mutants, one changes the set-up rather than the observed expression: each costs a child of its own. */
const SETUP_EVERY = 5;
const LEAST_SETUPS = 30;
/** Statements of a set-up that one round of mutation looks at. */
const MOST_STATEMENTS = 4;

/**
 * Every first-order mutant of an input that the context offers, grouped by operator and interleaved so that
 * any prefix of the list is a fair mix. None repeats another or the input.
 */
export function mutantsOf(input: Input, context: MutationContext): Input[] {
  const inSource = mutateText(input.source, context).map((edit) =>
    mutant(input, edit, { source: edit.text }),
  );
  const places = context.random.sample([...input.prefix.keys()], MOST_STATEMENTS);
  const inSetup = places.flatMap((index) =>
    mutateText(input.prefix[index] ?? '', context).map((edit) =>
      mutant(input, edit, { prefix: input.prefix.map((text, at) => (at === index ? edit.text : text)) }),
    ),
  );
  const rows = Math.max(Math.ceil(inSource.length / SETUP_EVERY), LEAST_SETUPS);
  const setup = context.random.sample(inSetup, rows);
  return Array.from({ length: rows }, (_, row) => [
    ...inSource.slice(row * SETUP_EVERY, (row + 1) * SETUP_EVERY),
    ...setup.slice(row, row + 1),
  ]).flat();
}

/** A text with one node replaced. */
interface Edit {
  readonly operator: string;
  readonly text: string;
  readonly illTyped: boolean;
}

function mutant(input: Input, edit: Edit, change: Partial<Pick<Input, 'source' | 'prefix'>>): Input {
  return revise(input, {
    ...change,
    generator: 'mutation',
    mutations: [...input.mutations, edit.operator],
    illTyped: input.illTyped || edit.illTyped,
  });
}

function mutateText(source: string, context: MutationContext): Edit[] {
  const root = parsePython(source);
  if (root.hasError) return [];
  const nodes = descendants(root).filter((node) => node.id !== root.id && isMutable(node));
  const seen = new Set([source]);
  const queues = Object.entries(OPERATORS).map(([operator, propose]) => {
    const edits = nodes.flatMap((node) =>
      propose(node, context).map((replacement) => ({
        text: replaceNode(root, node, replacement),
        node,
        replacement,
      })),
    );
    const fresh = edits.filter(
      ({ text }) => text.length <= LONGEST_SOURCE && !seen.has(text) && seen.add(text),
    );
    return context.random.sample(fresh, fresh.length).map((edit) => ({ operator, ...edit }));
  });
  return interleave(queues).map(({ operator, text, node, replacement }) => ({
    operator,
    text,
    illTyped: changesType(node, replacement, context.pool),
  }));
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
