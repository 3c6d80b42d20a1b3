import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { literalType } from './literal-type.js';
import type { MutationContext } from './operators.js';

/** A public table of a module, as it is written there: users may change it. */
export interface Table {
  readonly module: string;
  readonly name: string;
  /** Source text of the keys and values; values are absent where it is a list or set. */
  readonly entries: readonly { readonly key: string; readonly value?: string }[];
  readonly type: 'dict' | 'list' | 'set';
  /** The numbers and texts anywhere in it: what the code beside it looks for. */
  readonly literals: readonly string[];
}

const PER_INPUT = 4;
const MOST_ENTRIES = 200;
const LITERALS = ['string', 'integer', 'float'];
const KINDS: Readonly<Record<string, Table['type']>> = { dictionary: 'dict', list: 'list', set: 'set' };

/** The public tables of literals among the statements of a module. */
export function tablesIn(source: string, module: string): Table[] {
  return parsePython(source).namedChildren.flatMap((statement) => {
    const assignment = statement.firstNamedChild;
    if (statement.type !== 'expression_statement' || assignment?.type !== 'assignment') return [];
    const [name, value] = ['left', 'right'].map((field) => assignment.childForFieldName(field));
    const type = value ? KINDS[value.type] : undefined;
    if (!name || !value || !type || name.type !== 'identifier' || /^_/.test(name.text)) return [];
    const entries = value.namedChildren.slice(0, MOST_ENTRIES).flatMap(entryOf);
    return entries.length > 0
      ? [{ module, name: name.text, entries, type, literals: literalsIn(value) }]
      : [];
  });
}

function entryOf(node: SyntaxNode): Table['entries'] {
  if (node.type !== 'pair') return isShort(node) ? [{ key: node.text }] : [];
  const [key, value] = ['key', 'value'].map((field) => node.childForFieldName(field));
  return key && value && isShort(key) && isShort(value) ? [{ key: key.text, value: value.text }] : [];
}

const literalsIn = (table: SyntaxNode): string[] => [
  ...new Set(
    LITERALS.flatMap((type) => table.descendantsOfType(type))
      .filter(isShort)
      .slice(0, MOST_ENTRIES)
      .map(({ text }) => text),
  ),
];

const isShort = (node: SyntaxNode): boolean => literalType(node) !== undefined && node.text.length <= 80;

/** A literal becomes one that a table beside the targets holds. */
export function tableLiteral(node: SyntaxNode, { tables, random }: MutationContext): readonly string[] {
  if (!LITERALS.includes(node.type)) return [];
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
