import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import { argumentsOf, calleeName } from './edit.js';
import type { MutationOperator } from './mutation-operator.js';
import { SAMPLE } from './pool.js';
import { wordsOf } from './target-literals.js';

/** In a longer text, a word is no name but part of a document. */
const LONGEST_NAME = 40;

/** Replaces an argument by one that another call of the same function has. */
export const sameCallee: MutationOperator = (node, { pool, random }) => {
  const list = node.parent;
  if (list?.type !== 'argument_list' || !list.parent) return [];
  const seen = pool.arguments.get(calleeName(list.parent) ?? '') ?? [];
  const usable = seen.filter((other) => other.text !== node.text);
  return random.sample(usable, 2 * SAMPLE).map(({ text }) => text);
};

/**
 * Adds to a call a text argument of other calls of the same function, where the text contains a name that only one of
 * gold and candidate uses, as `"--runxfail"` contains that of `config.option.runxfail`.
 */
export const disputedArgument: MutationOperator = (node, { pool, targetLiterals }) => {
  const name = node.type === 'call' ? calleeName(node) : undefined;
  if (!name) return [];
  const parts = argumentsOf(node).map(({ text }) => text);
  const callee = node.childForFieldName('function')?.text ?? '';
  return (pool.arguments.get(name) ?? [])
    .filter(({ text, type }) => type === 'text' && !parts.includes(text) && text.length <= LONGEST_NAME)
    .filter(({ text }) => wordsOf(text).some((word) => targetLiterals.disputedNames.has(word)))
    .map(({ text }) => `${callee}(${[...parts, text].join(', ')})`);
};

/** Drops, repeats, swaps or nests the arguments of a call, or adds one that other calls have in that place. */
export const argumentShape: MutationOperator = (node, { pool }) => {
  if (node.type !== 'call') return [];
  const callee = node.childForFieldName('function')?.text ?? '';
  const parts = argumentsOf(node).map((argument) => argument.text);
  const [first, second, ...rest] = parts;
  const variants: (readonly string[])[] = parts.map((_, index) =>
    parts.filter((__, other) => other !== index),
  );
  if (first !== undefined && second !== undefined) variants.push([second, first, ...rest]);
  if (first !== undefined) variants.push([node.text, ...parts.slice(1)], [`[${first}]`, ...parts.slice(1)]);
  if (first !== undefined && !first.includes('=')) variants.push([first, ...parts]);
  const name = calleeName(node) ?? '';
  for (const { text } of pool.arguments.get(`${name}#${parts.length}`) ?? []) variants.push([...parts, text]);
  return variants.map((variant) => `${callee}(${variant.join(', ')})`);
};

/**
 * Where a container holds several calls of one function, gives all of them the same argument in one place: one more at
 * the end, or another one where they agree. The argument is one that some call of that function has there.
 */
export const everyCall: MutationOperator = (node, { pool }) => {
  if (!['list', 'tuple', 'argument_list', 'set'].includes(node.type)) return [];
  const calls = node.namedChildren.filter(({ type }) => type === 'call');
  const name = calls[0] && calleeName(calls[0]);
  if (name === undefined || calls.length < 2 || calls.some((call) => calleeName(call) !== name)) return [];
  const rows = calls.map((call) => argumentsOf(call).map(({ text }) => text));
  const count = Math.max(...rows.map(({ length }) => length));
  const places = Array.from({ length: count + 1 }, (_, place) => place).filter((place) =>
    rows.every((row) => row[place] === rows[0]?.[place] && row.length >= place),
  );
  return places.flatMap((place) =>
    (pool.arguments.get(`${name}#${place}`) ?? [])
      .filter(({ text }) => text !== rows[0]?.[place])
      .map(({ text }) => withArgument(node, calls, place, text)),
  );
};

/** The text of a container with one argument of all its calls replaced, or added at their ends. */
function withArgument(node: SyntaxNode, calls: readonly SyntaxNode[], place: number, text: string): string {
  return calls.reduceRight((whole, call) => {
    const parts = argumentsOf(call).map((argument) => argument.text);
    const callee = call.childForFieldName('function')?.text ?? '';
    const changed = `${callee}(${[...parts.slice(0, place), text, ...parts.slice(place + 1)].join(', ')})`;
    const start = call.startIndex - node.startIndex;
    return whole.slice(0, start) + changed + whole.slice(start + call.text.length);
  }, node.text);
}

/** Adds a keyword argument: an option of the changed function, or one that another call of the function has. */
export const keyword: MutationOperator = (node, { pool, targets, random }) => {
  const name = node.type === 'call' ? calleeName(node) : undefined;
  if (!name) return [];
  const present = argumentsOf(node).map((argument) => argument.childForFieldName('name')?.text);
  const add = (key: string, value: string) =>
    node.text.replace(/,?\s*\)$/, `${argumentsOf(node).length > 0 ? ', ' : ''}${key}=${value})`);
  const declared = targets
    .filter((target) => answersTo(target, name))
    .flatMap((target) => Object.values(target.definitions).flatMap((definition) => definition.parameters))
    .filter((parameter) => parameter.defaultText !== undefined && !present.includes(parameter.name))
    .flatMap((parameter) =>
      alternatives(parameter.defaultText ?? '').map((value) => add(parameter.name, value)),
    );
  const seen = [...pool.arguments]
    .filter(([key]) => key.startsWith(`${name}/`) && !present.includes(key.slice(name.length + 1, -1)))
    .flatMap(([key, values]) => values.map((value) => add(key.slice(name.length + 1, -1), value.text)));
  return [...random.sample(declared, 2 * SAMPLE), ...random.sample(seen, SAMPLE)];
};

/** Whether calling `name` can run the target: it is the name of the target, or of the class that a method is in. */
const answersTo = (target: Target, name: string): boolean => target.qualname.split('.').includes(name);

function alternatives(defaultText: string): string[] {
  if (defaultText === 'True') return ['False', 'None'];
  if (defaultText === 'False') return ['True', 'None'];
  if (defaultText === 'None') return ['True', 'False', '0', '1', "''", "'a'", '[]'];
  if (/^-?\d/.test(defaultText)) return ['0', '1', '2', '-1', 'None'];
  if (/^['"]/.test(defaultText)) return ["''", "'a'", 'None'];
  return ['None', 'True', '[]'];
}
