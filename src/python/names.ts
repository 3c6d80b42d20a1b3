import type { SyntaxNode } from './python-parser.js';
import type { NameUse, Scope } from './scope.js';
import { scopesOf } from './scopes.js';

/**
 * Names that code (read as a module) uses without having bound them, including builtins. A name that is bound only after
 * its use is free too, except where the use is inside a function, which runs later.
 */
export function freeNames(code: string | SyntaxNode): Set<string> {
  const free = new Set<string>();
  for (const { name } of freeUses(scopesOf(code))) free.add(name);
  return free;
}

/** Names that code binds at its top level: by assignments, loops, imports and definitions. */
export function boundNames(code: string | SyntaxNode): Set<string> {
  return new Set(scopesOf(code).bindings.keys());
}

function* freeUses(module: Scope): Generator<NameUse, void, undefined> {
  for (const scope of module.all()) {
    for (const use of scope.uses) {
      const owner = scope.resolve(use.name);
      if (owner === undefined || (owner === module && isTooEarly(module, scope, use))) yield use;
    }
  }
}

/** Whether a use outside of functions comes before every binding of its name. */
function isTooEarly(module: Scope, scope: Scope, { name, node }: NameUse): boolean {
  for (let at: Scope | null = scope; at; at = at.parent) if (at.kind === 'function') return false;
  const bindings = module.bindings.get(name) ?? [];
  return !bindings.some(({ from }) => from <= node.startIndex);
}
