import type { SyntaxNode } from '../../python/python-parser.js';
import { LITERALS, UNUSUAL_CLASSES, rightOf, type UnusualClass } from './unusual-classes.js';
import type { MutationContext } from './mutation-operator.js';

/**
 * Replaces arguments, operands and items by instances of classes that the code under test does not know.
 */
export function unusualObject(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  const place = node.parent?.type ?? '';
  const isPart = place === 'argument_list' || place === 'binary_operator' || LITERALS.has(place);
  if (!isPart || !(LITERALS.has(node.type) || node.type === 'identifier' || node.type === 'call')) return [];
  const all = Object.values(UNUSUAL_CLASSES).flatMap(({ instance }) => instance(node) ?? []);
  return random.sample(all, 2);
}

/** Makes a user's function return an object that cannot be compared, one that is false, or None. */
export function unusualReturn(node: SyntaxNode): readonly string[] {
  if (node.parent?.type !== 'return_statement') return [];
  return ['Incomparable()', 'Agreeable()', 'None'].filter((text) => text !== node.text);
}

/** Makes the right operand implement the reflected operator: code often forgets to return NotImplemented. */
export function unusualOperand(node: SyntaxNode): readonly string[] {
  if (rightOf(node) === undefined) return [];
  return Object.entries(UNUSUAL_CLASSES).flatMap(([name, { instance }]) =>
    name.startsWith('Reflects') ? (instance(node) ?? []) : [],
  );
}

/** The class that a replacement by `unusualObject` needs. */
export function unusualDefinition(replacement: string): string | undefined {
  return classOf(replacement)?.definition;
}

function classOf(replacement: string): UnusualClass | undefined {
  const name = /^(\w+)\(/.exec(replacement)?.[1] ?? '';
  return Object.hasOwn(UNUSUAL_CLASSES, name) ? UNUSUAL_CLASSES[name] : undefined;
}
