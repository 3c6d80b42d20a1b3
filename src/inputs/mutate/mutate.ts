import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import type { Input } from '../../model/input.js';
import { revise } from '../program/input.js';
import { descendants, replaceNode } from './edit.js';
import { literalType } from './literal-type.js';
import type { MutationContext, MutationMaterial, OwnLiteral } from './mutation-operator.js';
import { OPERATORS, SUPPORT_CODE, TARGETED_OPERATORS } from './operators.js';
import { changesType, type KnownTypes } from './type-change.js';
import { mayBeRejected } from './unusual-objects.js';

const LONGEST_SOURCE = 600;
/** A longer literal is a document, not a quantity to meet. */
const LONGEST_LITERAL = 40;

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
 * Of so many and one mutants, one changes the set-up rather than the observed expression: each costs a child of its own.
 * Tests with fixtures mostly observe those, and say in the set-up what there is to see.
 */
const SETUP_EVERY = { plain: 5, hosted: 1 };
const LEAST_SETUPS = 30;
/** Aimed mutants that come before all others. */
const LEADING = 4;
/** Statements of a set-up that one round of mutation looks at. */
const MOST_STATEMENTS = 4;

/**
 * First-order mutants of an input, at most `limit`, interleaved by operator so that any prefix of the list is a fair mix, by the
 * turns that the operators have; a few that aim at what the patches dispute lead. None repeats another or the input. Each is
 * made when it is asked for, as most never are.
 */
export function* mutantsOf(input: Input, material: MutationMaterial, limit: number): Generator<Input> {
  const context = { ...material, ownLiterals: literalsIn([...input.prefix, input.source]) };
  const aimed = aimedEdits(input, context);
  const known = new Set(aimed.map(textOf));
  const unaimed = (text: string, place: number | null) =>
    editsOf(text, context)
      .map((edit) => ({ ...edit, place }))
      .filter((edit) => !known.has(textOf(edit)));
  const inSource = unaimed(input.source, null);
  const places = context.random.sample([...input.prefix.keys()], MOST_STATEMENTS);
  const inSetup = interleave(
    places.map((place) => ({ items: unaimed(input.prefix[place] ?? '', place), turn: 1 })),
  );
  const every = input.host ? SETUP_EVERY.hosted : SETUP_EVERY.plain;
  const rows = Math.max(Math.ceil(inSource.length / every), LEAST_SETUPS);
  const others = aimed.slice(LEADING);
  const edits = Array.from({ length: rows }, (_, row) => [
    ...inSource.slice(row * every, (row + 1) * every),
    ...inSetup.slice(row, row + 1),
    ...others.slice(row, row + 1),
  ]).flat();
  for (const edit of [...aimed.slice(0, LEADING), ...edits].slice(0, limit))
    yield mutant(input, edit, context);
}

const textOf = ({ place, text }: PlacedEdit): string => JSON.stringify([place, text]);

/** Of the whole program, each statement of its set-up among it, what aims at a dispute of the patches: each operator's, mixed. */
function aimedEdits(input: Input, context: MutationContext): PlacedEdit[] {
  const inSetup = input.prefix.flatMap((statement, place) =>
    editsOf(statement, context, TARGETED_OPERATORS).map((edit) => ({ ...edit, place })),
  );
  const inSource = editsOf(input.source, context, TARGETED_OPERATORS).map((edit) => ({
    ...edit,
    place: null,
  }));
  const mixed = context.random.sample([...inSetup, ...inSource], inSetup.length + inSource.length);
  return interleave(
    Object.keys(TARGETED_OPERATORS).map((name) => ({
      items: mixed.filter(({ operator }) => operator === name),
      turn: 1,
    })),
  );
}

/** A text with one node replaced. */
interface Edit {
  readonly operator: string;
  readonly text: string;
  readonly node: SyntaxNode;
  readonly replacement: string;
}

interface PlacedEdit extends Edit {
  /** The statement of the set-up that is edited; null for the observed source. */
  readonly place: number | null;
}

function mutant(input: Input, edit: PlacedEdit, types: KnownTypes): Input {
  const { operator, text, node, replacement, place } = edit;
  return revise(input, {
    ...(place === null
      ? { source: text }
      : { prefix: input.prefix.map((statement, index) => (index === place ? text : statement)) }),
    generator: 'mutation',
    mutations: [...input.mutations, operator],
    illTyped: input.illTyped || mayBeRejected(node, replacement) || changesType(node, replacement, types),
  });
}

function editsOf(source: string, context: MutationContext, operators = OPERATORS): Edit[] {
  const root = parsePython(source);
  if (root.hasError) return [];
  const nodes = descendants(root).filter((node) => node.id !== root.id && isMutable(node));
  const seen = new Set([source]);
  const queues = Object.entries(operators).map(([operator, propose]) => {
    const edits = nodes.flatMap((node) =>
      propose(node, context).map((replacement) => ({
        operator,
        text: withSupport(replacement, replaceNode(root, node, replacement)),
        node,
        replacement,
      })),
    );
    const fresh = edits.filter(
      ({ text }) => text.length <= LONGEST_SOURCE && !seen.has(text) && seen.add(text),
    );
    return { items: context.random.sample(fresh, fresh.length), turn: context.turns.get(operator) ?? 1 };
  });
  return interleave(queues);
}

/** The numbers and texts that a program spells out, each once. */
function literalsIn(statements: readonly string[]): OwnLiteral[] {
  const nodes = descendants(parsePython(statements.join('\n')));
  const literals = nodes.filter(({ type }) => type === 'integer' || type === 'float' || type === 'string');
  const types = new Map(literals.map((node) => [node.text, literalType(node)]));
  return [...types]
    .map(([text, type]) => ({ text, type }))
    .filter(({ text }) => text.length <= LONGEST_LITERAL);
}

/** The text after the import or class definition that its new part needs. */
function withSupport(replacement: string, text: string): string {
  for (const supportFor of SUPPORT_CODE) {
    const needed = supportFor(replacement);
    if (needed !== undefined) return text.includes(needed) ? text : `${needed}\n${text}`;
  }
  return text;
}

/** Targets of assignments and what an import names are no values. */
function isMutable(node: SyntaxNode): boolean {
  if (SKIPPED.has(node.type)) return false;
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.type === 'import_statement' || at.type === 'import_from_statement') return false;
    if (at.field === 'left' && at.parent?.type.endsWith('assignment')) return false;
  }
  return true;
}

/** The first `turn` of every queue, then the next of every queue, and so on. */
function interleave<T>(queues: readonly { readonly items: readonly T[]; readonly turn: number }[]): T[] {
  const rounds = Math.max(0, ...queues.map(({ items, turn }) => Math.ceil(items.length / turn)));
  return Array.from({ length: rounds }, (_, round) =>
    queues.flatMap(({ items, turn }) => items.slice(round * turn, (round + 1) * turn)),
  ).flat();
}
