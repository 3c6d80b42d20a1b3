import type { Input } from '../../model/input.js';
import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import type { OwnLiteral } from './mutation-operator.js';
import { argumentsOf, calleeName } from './edit.js';
import { EXTREMES } from './boundary-values.js';
import { looksBehind } from './object-protocols.js';
import { changesType, type KnownTypes } from './type-change.js';

/** What is known of the inputs that people wrote. */
export interface KnownInputs extends KnownTypes {
  readonly ownLiterals: readonly OwnLiteral[];
}

/** Operators whose mutants nobody would write, and why. */
const CONTRIVED_OPERATORS: Readonly<Record<string, string>> = {
  'odd-return': 'a function returns an object made to be odd',
  'odd-operand': 'an operand of a class made to be odd',
  'odd-object': 'a value of a class made to be odd',
  'close-early': 'a generator is closed before its end',
  'table-edit': 'a table of the module is edited',
};

/** Why nobody would write what an operator put in the place of `node`; undefined where somebody might. */
export function whyContrived(
  operator: string,
  node: SyntaxNode,
  replacement: string,
  known: KnownInputs,
): string | undefined {
  const made = CONTRIVED_OPERATORS[operator];
  if (made !== undefined) return made;
  if (operator === 'object-view' && looksBehind(replacement)) return 'looks behind the object';
  if (operator === 'argument-shape' && isReshaped(node, replacement))
    return 'arguments in places where no example has them';
  if (operator === 'argument-shape' && losesAll(node, replacement) && !isCalledBare(node, known))
    return 'a call without arguments that every example gives some';
  const extreme = EXTREMES.find((text) => replacement.includes(text) && !node.text.includes(text));
  if (extreme !== undefined && !isWrittenIn(extreme, known)) return `${extreme} is in no example`;
  return changesType(node, replacement, known) ? 'a value of a kind that no example has there' : undefined;
}

const isWrittenIn = (text: string, { ownLiterals, pool }: KnownInputs): boolean =>
  ownLiterals.some((literal) => literal.text === text) ||
  pool.fragments.some((fragment) => fragment.text.includes(text));

/** The domain of a mutant. Once an input rests on something contrived, so do all mutants of it. */
export const domainOfMutant = (
  { outside: before }: Input,
  now: string | undefined,
): Pick<Input, 'domain' | 'outside'> => {
  const outside = before ?? now;
  return outside === undefined ? { domain: 'in-domain' } : { domain: 'contrived', outside };
};

/** Whether the arguments of a call changed places: more than options and last arguments that are left out or added. */
function isReshaped(call: SyntaxNode, replacement: string): boolean {
  const positional = (node: SyntaxNode | null | undefined) =>
    node?.type === 'call'
      ? argumentsOf(node)
          .filter(({ type }) => type !== 'keyword_argument')
          .map(({ text }) => text)
      : [];
  const [before, after] = [positional(call), positional(expressionOf(replacement))];
  return before.slice(0, after.length).some((text, index) => text !== after[index]);
}

/** Whether a call is left with no argument at all. */
function losesAll(call: SyntaxNode, replacement: string): boolean {
  const changed = expressionOf(replacement);
  const count = (node: SyntaxNode | null | undefined) =>
    node?.type === 'call' ? argumentsOf(node).length : 0;
  return count(call) > 0 && changed?.type === 'call' && count(changed) === 0;
}

/** Whether examples call what is called here without arguments, too. */
function isCalledBare(call: SyntaxNode, { pool }: KnownInputs): boolean {
  const name = calleeName(call) ?? '';
  return pool.methods.includes(name) || pool.fragments.some(({ text }) => text.endsWith(`${name}()`));
}

const expressionOf = (text: string): SyntaxNode | null | undefined =>
  parsePython(text).firstNamedChild?.firstNamedChild;
