import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import type { Input } from '../../model/input.js';
import { revise } from '../program/input.js';
import { descendants, replaceNode } from './edit.js';
import { domainOfMutant, whyContrived, type KnownInputs } from './domain.js';
import { framesIn } from './frame-edits.js';
import { literalType } from './literal-type.js';
import type { MutationContext, MutationMaterial, OwnLiteral } from './mutation-operator.js';
import { OPERATORS, SUPPORT_CODE, TARGETED_OPERATORS } from './operators.js';

const LONGEST_SOURCE = 600;
/** A longer literal is a document, which nothing else in the input will equal. */
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
 * After this many mutants of the observed code comes one of the set-up: few, since each of those needs a process of its
 * own. With a host test it is every second one, because such tests mostly observe fixtures that the set-up fills.
 */
const SETUP_EVERY = { plain: 5, hosted: 1 };
const LEAST_SETUPS = 30;
/** Targeted mutants that come before all others. */
const LEADING = 4;
/** Statements of a set-up that are mutated, at most. */
const MOST_STATEMENTS = 4;

/**
 * First-order mutants of an input: of the first `limit` those that are contrived, or those that are not. Operators take
 * turns, so that any prefix of the list is a fair mix; a few mutants that target a difference between the patches come
 * first. None equals another or the input. Mutants are made one by one as they are requested, since most never are.
 */
export function* mutantsOf(
  input: Input,
  material: MutationMaterial,
  limit: number,
  which: 'in-domain' | 'contrived',
): Generator<Input> {
  const context = {
    ...material,
    ownLiterals: literalsIn([...input.prefix, input.source]),
    frames: framesIn(input),
  };
  const targeted = targetedEdits(input, context);
  const known = new Set(targeted.map(textOf));
  const untargeted = (text: string, place: number | null) =>
    editsOf(text, context)
      .map((edit) => ({ ...edit, place }))
      .filter((edit) => !known.has(textOf(edit)));
  const inSource = untargeted(input.source, null);
  const places = context.random.sample([...input.prefix.keys()], MOST_STATEMENTS);
  const inSetup = interleave(
    places.map((place) => ({ items: untargeted(input.prefix[place] ?? '', place), turn: 1 })),
  );
  const every = input.host ? SETUP_EVERY.hosted : SETUP_EVERY.plain;
  const rows = Math.max(Math.ceil(inSource.length / every), LEAST_SETUPS);
  const others = targeted.slice(LEADING);
  const edits = Array.from({ length: rows }, (_, row) => [
    ...inSource.slice(row * every, (row + 1) * every),
    ...inSetup.slice(row, row + 1),
    ...others.slice(row, row + 1),
  ]).flat();
  for (const edit of [...targeted.slice(0, LEADING), ...edits].slice(0, limit)) {
    const made = mutant(input, edit, context);
    if (made.domain === which) yield made;
  }
}

const textOf = ({ place, text }: PlacedEdit): string => JSON.stringify([place, text]);

/** The edits by the targeted operators, of the observed code and of every statement of the set-up, shuffled. */
function targetedEdits(input: Input, context: MutationContext): PlacedEdit[] {
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

function mutant(input: Input, edit: PlacedEdit, known: KnownInputs): Input {
  const { operator, text, node, replacement, place } = edit;
  return revise(input, {
    ...(place === null
      ? { source: text }
      : { prefix: input.prefix.map((statement, index) => (index === place ? text : statement)) }),
    generator: 'mutation',
    mutations: [...input.mutations, operator],
    ...domainOfMutant(input, whyContrived(operator, node, replacement, known)),
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

/** The literals of numbers and texts in a program, each once. */
function literalsIn(statements: readonly string[]): OwnLiteral[] {
  const nodes = descendants(parsePython(statements.join('\n')));
  const literals = nodes.filter(({ type }) => type === 'integer' || type === 'float' || type === 'string');
  const types = new Map(literals.map((node) => [node.text, literalType(node)]));
  return [...types]
    .map(([text, type]) => ({ text, type }))
    .filter(({ text }) => text.length <= LONGEST_LITERAL);
}

/** The text, with what the replacement in it needs put before it. */
function withSupport(replacement: string, text: string): string {
  for (const supportFor of SUPPORT_CODE) {
    const needed = supportFor(replacement);
    if (needed !== undefined) return text.includes(needed) ? text : `${needed}\n${text}`;
  }
  return text;
}

/** Whether a node can be replaced by an expression: targets of assignments and names in imports cannot. */
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
