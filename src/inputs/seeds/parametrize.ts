import { isPython, type SyntaxNode } from '../../python/python-parser.js';
import { partsOf } from '../../python/syntax.js';

/** Statements that assign one set of values to the parameters of a test; empty for a test without parameters. */
export type ParameterSet = readonly string[];

const MOST_SETS = 5;
/** Sets used where the values are computed, so that their number is unknown. */
const COMPUTED_SETS = 2;

/**
 * What `@pytest.mark.parametrize` decorators assign: at most five sets, spread evenly over the values. Stacked decorators
 * advance together instead of being multiplied. Undefined where the values go through a fixture (`indirect`) or the
 * names are computed.
 */
export function parameterSets(
  decorators: readonly SyntaxNode[],
): { readonly names: ReadonlySet<string>; readonly sets: readonly ParameterSet[] } | undefined {
  const names = new Set<string>();
  const axes: ParameterSet[][] = [];
  for (const decorator of decorators) {
    const call = partsOf(decorator)[0];
    if (call?.type !== 'call' || !/\bparametrize$/.test(call.childForFieldName('function')?.text ?? ''))
      continue;
    const axis = axisOf(call);
    if (!axis) return undefined;
    axis.names.forEach((name) => names.add(name));
    axes.push(axis.sets);
  }
  if (axes.some((axis) => axis.length === 0)) return { names, sets: [] };
  const count = Math.min(MOST_SETS, Math.max(1, ...axes.map((axis) => axis.length)));
  const sets = Array.from({ length: count }, (_, index) =>
    axes.flatMap(
      (axis) =>
        axis[axis.length > count ? Math.floor((index * axis.length) / count) : index % axis.length] ?? [],
    ),
  );
  return { names, sets };
}

function axisOf(call: SyntaxNode): { names: string[]; sets: ParameterSet[] } | undefined {
  const list = call.childForFieldName('arguments');
  const all = list ? partsOf(list) : [];
  const keyword = (name: string): SyntaxNode | undefined =>
    all.find((part) => part.type === 'keyword_argument' && part.childForFieldName('name')?.text === name);
  const positional = all.filter((part) => part.type !== 'keyword_argument');
  const names = namesOf(positional[0] ?? keyword('argnames')?.childForFieldName('value'));
  const values = positional[1] ?? keyword('argvalues')?.childForFieldName('value');
  if (!names || !values || keyword('indirect')) return undefined;
  if (!isSequence(values)) {
    const sets = Array.from({ length: COMPUTED_SETS }, (_, index) => [
      `${targetText(names)} = list(${values.text})[${index}]`,
    ]);
    return { names, sets };
  }
  const isOne = names.length === 1 && positional[0]?.type === 'string';
  return { names, sets: partsOf(values).map((value) => assignments(names, value, isOne)) };
}

function namesOf(node: SyntaxNode | null | undefined): string[] | undefined {
  if (node?.type === 'string')
    return stringText(node)
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  if (!node || !isSequence(node)) return undefined;
  const names = partsOf(node);
  return names.every((name) => name.type === 'string') ? names.map(stringText) : undefined;
}

/** `isOne`: the value belongs to the only parameter and is not a sequence with one value per parameter. */
function assignments(names: readonly string[], value: SyntaxNode, isOne: boolean): ParameterSet {
  const isParam = value.type === 'call' && /\bparam$/.test(value.childForFieldName('function')?.text ?? '');
  const list = isParam ? value.childForFieldName('arguments') : value;
  const isTuple = isParam || (!isOne && isSequence(value));
  const values = isTuple && list ? partsOf(list).filter((part) => part.type !== 'keyword_argument') : [value];
  if (values.length !== names.length) return [`${targetText(names)} = ${value.text}`];
  return names.map((name, index) => `${name} = ${values[index]?.text ?? ''}`).filter(isPython);
}

const targetText = (names: readonly string[]): string => names.join(', ');
const stringText = (node: SyntaxNode): string =>
  node.children
    .filter((child) => child.type === 'string_content')
    .map(({ text }) => text)
    .join('');
const isSequence = (node: SyntaxNode): boolean => node.type === 'list' || node.type === 'tuple';
