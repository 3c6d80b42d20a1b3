import type { Input } from '../../model/input.js';
import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { calleeName, descendants } from './edit.js';
import type { MutationContext } from './mutation-operator.js';

const MAKERS = new Set(['Series', 'DataFrame']);
/** Where a name stands for the table itself: as an argument, or with columns taken from it. */
const USES = new Set(['argument_list', 'keyword_argument', 'subscript']);

/**
 * A pandas table or column as other people have theirs: of the types that know missing values, of objects, with few rows that
 * repeat, or an index that runs backwards, or empty.
 */
export function frameEdit(node: SyntaxNode, { frames }: MutationContext): readonly string[] {
  const isMade = node.type === 'call' && MAKERS.has(calleeName(node) ?? '');
  const isNamed = node.type === 'identifier' && frames.has(node.text) && USES.has(node.parent?.type ?? '');
  if (!isMade && !isNamed) return [];
  return ['.convert_dtypes()', '.astype(object)', '[::-1]', '.iloc[:0]', '.iloc[[0, 1, 0, 1, 0]]'].map(
    (edit) => `${node.text}${edit}`,
  );
}

/** The variables of an input that hold a pandas table or column, as far as its text tells: also those made by a function in it. */
export function framesIn({ prelude, prefix, source }: Input): ReadonlySet<string> {
  const text = [prelude, ...prefix, source].join('\n');
  if (!/\b(?:Series|DataFrame)\b/.test(text)) return new Set();
  const nodes = descendants(parsePython(text));
  const makers = new Set(MAKERS);
  for (const node of nodes) {
    if (node.type !== 'function_definition') continue;
    const returned = descendants(node).filter(({ type }) => type === 'return_statement');
    if (returned.some(({ firstNamedChild: value }) => value && isCallOf(value, MAKERS)))
      makers.add(node.childForFieldName('name')?.text ?? '');
  }
  return new Set(
    nodes.flatMap((node) => {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const isFrame = node.type === 'assignment' && left?.type === 'identifier' && right;
      return isFrame && isCallOf(right, makers) ? [left.text] : [];
    }),
  );
}

const isCallOf = (node: SyntaxNode, names: ReadonlySet<string>): boolean =>
  node.type === 'call' && names.has(calleeName(node) ?? '');
