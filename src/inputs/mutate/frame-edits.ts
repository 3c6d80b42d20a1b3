import type { SyntaxNode } from '../../python/python-parser.js';

const MADE = /^(?:(.+)\.)?(?:Series|DataFrame)$/s;

/**
 * A pandas table or column as other people have theirs: of the types that know missing values, of objects, with an index that
 * repeats or runs backwards, or empty.
 */
export function frameEdit(node: SyntaxNode): readonly string[] {
  if (node.type !== 'call') return [];
  const made = MADE.exec(node.childForFieldName('function')?.text ?? '');
  if (!made) return [];
  const [, pandas] = made;
  const { text } = node;
  return [
    `${text}.convert_dtypes()`,
    `${text}.astype(object)`,
    `${text}[::-1]`,
    `${text}.iloc[:0]`,
    ...(pandas === undefined ? [] : [`${pandas}.concat([${text}, ${text}])`]),
  ];
}
