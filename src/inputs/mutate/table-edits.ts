import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { literalType } from './literal-type.js';
import type { MutationContext } from './mutation-operator.js';
import { LITERAL_NODES, type Table } from './public-tables.js';

const PER_INPUT = 4;

/** A literal becomes one that a table beside the targets holds. */
export function tableLiteral(node: SyntaxNode, { tables, random }: MutationContext): readonly string[] {
  if (!LITERAL_NODES.includes(node.type)) return [];
  const held = tables.flatMap(({ literals }) => literals).filter((text) => text !== node.text);
  const alike = held.filter((text) => literalType(parsePython(text)) === literalType(node));
  return random.sample([...new Set(alike)], PER_INPUT);
}

/** Before the input, an entry of a public table beside the targets is added, changed or taken away. */
export function tableEdit(node: SyntaxNode, context: MutationContext): readonly string[] {
  if (node.type !== 'expression_statement' || node.parent?.type !== 'module') return [];
  if (node.parent.firstNamedChild?.id !== node.id) return [];
  const edits = context.tables.flatMap((table) =>
    editsOf(table, context).map((edit) => `from ${table.module} import ${table.name}\n${edit}`),
  );
  return context.random.sample(edits, PER_INPUT).map((edit) => `${edit}\n${node.text}`);
}

function editsOf({ name, entries, type }: Table, { ownLiterals, random }: MutationContext): string[] {
  const [entry, other] = random.sample(entries, 2);
  if (!entry) return [];
  const keys = new Set(entries.map(({ key }) => key));
  const [added] = random.sample(
    newKeys(entry.key, ownLiterals).filter((key) => !keys.has(key)),
    1,
  );
  if (type !== 'dict') {
    const add = type === 'list' ? 'append' : 'add';
    return [`${name}.remove(${entry.key})`, ...(added === undefined ? [] : [`${name}.${add}(${added})`])];
  }
  const value = other?.value ?? entry.value ?? 'None';
  const edits = [`del ${name}[${entry.key}]`, `${name}[${entry.key}] = ${value}`];
  return added === undefined ? edits : [...edits, `${name}[${added}] = ${value}`];
}

/** Keys like `key` among what the input is about: its literals, or their characters where keys are such. */
function newKeys(key: string, literals: MutationContext['ownLiterals']): string[] {
  const type = literalType(parsePython(key));
  const alike = literals.filter((literal) => literal.type === type).map(({ text }) => text);
  if (!/^(['"])[^\\]\1$/u.test(key)) return alike;
  const characters = alike.flatMap((text) => Array.from(text.replace(/['"\\\n]/g, '')));
  return [...new Set(characters)].map((character) => `'${character}'`);
}
