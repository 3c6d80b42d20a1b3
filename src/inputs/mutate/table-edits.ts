import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { literalType } from './literal-type.js';
import type { MutationContext } from './mutation-operator.js';
import { LITERAL_NODES, type Table } from './public-tables.js';

const PER_INPUT = 4;

/** Replaces a literal by one in a table of the module of a target. */
export function tableLiteral(node: SyntaxNode, { tables, random }: MutationContext): readonly string[] {
  if (!LITERAL_NODES.includes(node.type)) return [];
  const held = tables.flatMap(({ literals }) => literals).filter((text) => text !== node.text);
  const alike = held.filter((text) => literalType(parsePython(text)) === literalType(node));
  return random.sample([...new Set(alike)], PER_INPUT);
}

/** Adds, changes or removes an entry of a public table in a target's module before the input runs. */
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

/** Keys of the type of `key` made from the literals of the input: these, or their characters where keys are characters. */
function newKeys(key: string, literals: MutationContext['ownLiterals']): string[] {
  const type = literalType(parsePython(key));
  const alike = literals.filter((literal) => literal.type === type).map(({ text }) => text);
  if (!/^(['"])[^\\]\1$/u.test(key)) return alike;
  const characters = alike.flatMap((text) => Array.from(text.replace(/['"\\\n]/g, '')));
  return [...new Set(characters)].map((character) => `'${character}'`);
}
