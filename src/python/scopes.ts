import { parsePython, type SyntaxNode } from './python-parser.js';
import type { Scope } from './scope.js';
import { ScopeBuilder } from './scope-builder.js';

/** The scopes of a piece of Python, which is taken as a module. */
export function scopesOf(source: string | SyntaxNode): Scope {
  return new ScopeBuilder(typeof source === 'string' ? parsePython(source) : source).build();
}
