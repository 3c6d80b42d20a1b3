import { findDefinitions } from './definitions.js';
import { parsePython, type SyntaxNode } from './python-parser.js';
import type { Scope } from './scope.js';
import { scopesOf } from './scopes.js';
import { tokensOf } from './tokens.js';

/** Functions that see the names of local variables at run time. */
const REFLECTION = new Set(['locals', 'eval', 'exec', 'vars', 'dir', '_getframe', 'currentframe']);

/**
 * Whether two Python sources are equal up to comments, docstrings, layout and names of local variables. A source with
 * a syntax error equals no other.
 */
export function areEquivalent(left: string, right: string): boolean {
  const [one, other] = [parsePython(left), parsePython(right)];
  return !one.hasError && !other.hasError && anonymousTokens(one) === anonymousTokens(other);
}

/** Whether the definitions of two equivalent sources, and the modules themselves, have the same docstrings. */
export function haveSameDocumentation(left: string, right: string): boolean {
  const [one, other] = [left, right].map((source) =>
    findDefinitions('', source).map(({ qualname, docstring }) => [qualname, docstring]),
  );
  return JSON.stringify(one) === JSON.stringify(other);
}

function anonymousTokens(root: SyntaxNode): string {
  const module = scopesOf(root);
  const owners = new Map<number, Scope>();
  for (const scope of module.all()) {
    for (const [name, bindings] of scope.bindings) {
      const owner = scope.resolve(name);
      if (owner) for (const { node } of bindings) owners.set(node.id, owner);
    }
    for (const { name, node } of scope.uses) {
      const owner = scope.resolve(name);
      if (owner) owners.set(node.id, owner);
    }
  }
  const locals = new Map<Scope, ReadonlySet<string>>();
  const renamed = new Map<Scope, Map<string, string>>();
  let count = 0;
  return tokensOf(root, {
    name({ id, text }) {
      const owner = owners.get(id);
      if (!owner) return text;
      const names = locals.get(owner) ?? localVariables(owner);
      locals.set(owner, names);
      if (!names.has(text)) return text;
      const seen = renamed.get(owner) ?? new Map<string, string>();
      renamed.set(owner, seen);
      const name = seen.get(text) ?? `\0${count++}`;
      seen.set(text, name);
      return name;
    },
  });
}

/** Variables of a function or comprehension that nothing outside it can name. */
function localVariables(scope: Scope): Set<string> {
  if (scope.kind === 'module' || scope.kind === 'class' || showsItsNames(scope)) return new Set();
  const locals = [...scope.bindings].filter(
    ([name, bindings]) => !scope.nonlocals.has(name) && bindings.every(({ kind }) => kind === 'variable'),
  );
  return new Set(locals.map(([name]) => name));
}

/** Whether code in a function looks names up by text, or prints them as `f"{name=}"` does. */
function showsItsNames(scope: Scope): boolean {
  for (const node of scope.node.walk()) {
    if (node.type === 'identifier' && REFLECTION.has(node.text)) return true;
    if (node.type === 'interpolation' && node.children.some((child) => child.type === '=')) return true;
  }
  return false;
}
