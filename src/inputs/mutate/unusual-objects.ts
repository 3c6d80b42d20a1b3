import type { SyntaxNode } from '../../python/python-parser.js';
import { LITERALS, UNUSUAL_CLASSES, rightOf, type UnusualClass } from './unusual-classes.js';
import type { MutationContext } from './mutation-operator.js';

/**
 * Arguments, operands and items become instances of classes that the code under test does not know: of one that it
 * should take and of one that it need not.
 */
export function unusualObject(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  const place = node.parent?.type ?? '';
  const isPart = place === 'argument_list' || place === 'binary_operator' || LITERALS.has(place);
  if (!isPart || !(LITERALS.has(node.type) || node.type === 'identifier' || node.type === 'call')) return [];
  const all = Object.values(UNUSUAL_CLASSES).flatMap(({ instance }) => instance(node) ?? []);
  const [welcome, uninvited] = [false, true].map((unasked) =>
    all.filter((replacement) => mayBeRejected(node, replacement) === unasked),
  );
  return [welcome, uninvited].flatMap((some) => random.sample(some ?? [], 1));
}

/** A function of the user's returns what cannot be compared, what is false, or nothing: it goes through all that calls it. */
export function unusualReturn(node: SyntaxNode): readonly string[] {
  if (node.parent?.type !== 'return_statement') return [];
  return ['Incomparable()', 'Agreeable()', 'None'].filter((text) => text !== node.text);
}

/** The right operand answers whatever the left one leaves to it: by returning NotImplemented, which code forgets. */
export function unusualOperand(node: SyntaxNode): readonly string[] {
  if (rightOf(node) === undefined) return [];
  return Object.entries(UNUSUAL_CLASSES).flatMap(([name, { instance }]) =>
    name.startsWith('Reflects') ? (instance(node) ?? []) : [],
  );
}

/** The definition that a replacement of `unusualObject` needs to stand before it. */
export function unusualDefinition(replacement: string): string | undefined {
  return classOf(replacement)?.definition;
}

/** Whether `replacement` is an odd object that nobody promises to take where `node` stands. */
export function mayBeRejected(node: SyntaxNode, replacement: string): boolean {
  return classOf(replacement)?.promised(node.parent) === false;
}

function classOf(replacement: string): UnusualClass | undefined {
  const name = /^(\w+)\(/.exec(replacement)?.[1] ?? '';
  return Object.hasOwn(UNUSUAL_CLASSES, name) ? UNUSUAL_CLASSES[name] : undefined;
}
