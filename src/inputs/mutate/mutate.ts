import type { SyntaxNode } from '../../analysis/python-parser.js';
import { parsePython } from '../../analysis/python-parser.js';
import type { Input } from '../../model/input.js';
import { revise } from '../input.js';
import { descendants, replaceNode } from './edit.js';
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
  const nodes = descendants(root).filter((node) => node.id !== root.id && !SKIPPED.has(node.type));
  const seen = new Set([input.source]);
  const queues = Object.entries(OPERATORS).map(([name, operator]) => {
    const texts = nodes.flatMap((node) => replacements(root, node, operator(node, context)));
    const fresh = texts.filter((text) => text.length <= LONGEST_SOURCE && !seen.has(text) && seen.add(text));
    return { name, texts: context.random.sample(fresh, fresh.length) };
  });
  return interleave(queues).map(({ name, text }) =>
    revise(input, { source: text, generator: 'mutation', mutations: [...input.mutations, name] }),
  );
}

const replacements = (root: SyntaxNode, node: SyntaxNode, texts: readonly string[]): string[] =>
  texts.map((text) => replaceNode(root, node, text));

function interleave(
  queues: readonly { readonly name: string; readonly texts: readonly string[] }[],
): { name: string; text: string }[] {
  const longest = Math.max(0, ...queues.map(({ texts }) => texts.length));
  return Array.from({ length: longest }, (_, index) =>
    queues.flatMap(({ name, texts }) => {
      const text = texts[index];
      return text === undefined ? [] : [{ name, text }];
    }),
  ).flat();
}
