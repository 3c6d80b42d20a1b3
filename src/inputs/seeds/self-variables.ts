import { boundNames, freeNames } from '../../python/names.js';
import { parsePython, type SyntaxNode } from '../../python/python-parser.js';
import { isUnittestAssertion } from '../program/blocks.js';

/** The parts of a test method as a plain program. */
export interface MethodProgram {
  readonly setUp: readonly string[];
  readonly statements: readonly string[];
}

/**
 * Turns attributes that the set-up assigns to `self` into variables, `self.cache = Cache()` into `cache = Cache()`, so
 * that the code needs no instance of the test class. The program stays as it was where `self` is used for more than
 * those attributes and assertions, or where a variable would hide another name.
 */
export function unfoldSelf(program: MethodProgram, prelude: string): MethodProgram {
  const { setUp, statements } = program;
  const kept = new Set(setUp.flatMap((text) => attributesSet(parsePython(text))));
  const aliases = new Set(setUp.flatMap((text) => /^self\.(\w+) = \1$/.exec(text)?.[1] ?? []));
  const texts = [...setUp, ...statements];
  const around = texts.map((text) => parsePython(text));
  const uses = around.flatMap(selfNodes);
  const taken = new Set([...freeNames(prelude), ...boundNames(prelude)]);
  for (const [index, root] of around.entries()) {
    const names = [...freeNames(root), ...boundNames(root)];
    // After `self.cache = cache` in the set-up, both names mean the same object, and neither hides the other.
    const alias = (name: string) => index < setUp.length && aliases.has(name);
    for (const name of names) if (!alias(name)) taken.add(name);
  }
  const fits = (use: SyntaxNode) => isBinding(use) || isAssertion(use) || kept.has(attributeOf(use) ?? '');
  if (!uses.every(fits) || [...kept].some((name) => taken.has(name))) return program;
  return { setUp: setUp.map(withoutSelf), statements: statements.map(withoutSelf) };
}

/** Whether a statement binds `self` to an instance of the test class. */
export const bindsSelf = (statement: string): boolean => statement.startsWith('self = ');

function withoutSelf(text: string): string {
  let plain = text;
  const uses = selfNodes(parsePython(text)).filter((use) => !isBinding(use) && !isAssertion(use));
  for (const { parent } of uses.toReversed()) {
    const name = parent?.childForFieldName('attribute')?.text;
    if (parent && name) plain = plain.slice(0, parent.startIndex) + name + plain.slice(parent.endIndex);
  }
  return plain;
}

const selfNodes = (root: SyntaxNode): SyntaxNode[] =>
  root.descendantsOfType('identifier').filter(({ text }) => text === 'self');

/** The attribute that is accessed on a use of `self`; undefined where `self` is used as a whole. */
function attributeOf(use: SyntaxNode): string | undefined {
  const isObject = use.field === 'object' && use.parent?.type === 'attribute';
  return isObject ? use.parent.childForFieldName('attribute')?.text : undefined;
}

const isBinding = (use: SyntaxNode): boolean => use.field === 'left' && bindsSelf(use.parent?.text ?? '');

function isAssertion(use: SyntaxNode): boolean {
  const call = use.parent?.parent;
  return call != null && isUnittestAssertion(call) && use.startIndex === call.startIndex;
}

function attributesSet(root: SyntaxNode): string[] {
  return root
    .descendantsOfType('assignment')
    .flatMap((assignment) => assignment.childForFieldName('left') ?? [])
    .flatMap((left) => [left, ...left.namedChildren])
    .filter(({ type }) => type === 'attribute')
    .flatMap((target) => /^self\.(\w+)$/.exec(target.text)?.[1] ?? []);
}
