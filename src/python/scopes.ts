import { parsePython, type SyntaxNode } from './python-parser.js';
import type { Scope } from './scope.js';
import { ScopeBuilder } from './scope-builder.js';

/** The scopes of Python code, read as a module; the scope of the module holds the others. */
export function scopesOf(source: string | SyntaxNode): Scope {
  return new ScopeBuilder(typeof source === 'string' ? parsePython(source) : source).build();
}
