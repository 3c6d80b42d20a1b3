import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { literalType } from './literal-type.js';

/** A public list, set or dict of literals at the top level of a module. Users of the module may change it. */
export interface Table {
  readonly module: string;
  readonly name: string;
  /** Source text of the entries; lists and sets have only keys. */
  readonly entries: readonly { readonly key: string; readonly value?: string }[];
  readonly type: 'dict' | 'list' | 'set';
  /** The numbers and texts anywhere in it: the code of the module probably searches for these. */
  readonly literals: readonly string[];
}

const MOST_ENTRIES = 200;
const LONGEST_ENTRY = 80;
const KINDS: Readonly<Record<string, Table['type']>> = { dictionary: 'dict', list: 'list', set: 'set' };

/** Types of the nodes that are literals of numbers and texts. */
export const LITERAL_NODES = ['string', 'integer', 'float'];

/** The public tables that a module defines. */
export function tablesIn(source: string, module: string): Table[] {
  return parsePython(source).namedChildren.flatMap((statement) => {
    const assignment = statement.firstNamedChild;
    if (statement.type !== 'expression_statement' || assignment?.type !== 'assignment') return [];
    const [name, value] = ['left', 'right'].map((field) => assignment.childForFieldName(field));
    const type = value ? KINDS[value.type] : undefined;
    if (!name || !value || !type || name.type !== 'identifier' || name.text.startsWith('_')) return [];
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
    LITERAL_NODES.flatMap((type) => table.descendantsOfType(type))
      .filter(isShort)
      .slice(0, MOST_ENTRIES)
      .map(({ text }) => text),
  ),
];

const isShort = (node: SyntaxNode): boolean =>
  literalType(node) !== undefined && node.text.length <= LONGEST_ENTRY;
