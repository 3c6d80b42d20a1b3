import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parsePython, type SyntaxNode } from '../python/python-parser.js';
import type { Scope } from '../python/scope.js';
import { scopesOf } from '../python/scopes.js';
import { tokensOf } from '../python/tokens.js';

/** What sees the names of local variables at run time. */
const REFLECTION = new Set(['locals', 'eval', 'exec', 'vars', 'dir', '_getframe', 'currentframe']);

/**
 * Whether two trees hold the same code in every one of `files`: equal bytes, or Python that is equal after dropping
 * comments, docstrings, layout and the names of local variables. A file that does not parse is never the same.
 */
export async function sameCode(
  goldDirectory: string,
  candidateDirectory: string,
  files: readonly string[],
): Promise<boolean> {
  for (const file of files) {
    const [gold, candidate] = await Promise.all([
      readBytes(goldDirectory, file),
      readBytes(candidateDirectory, file),
    ]);
    if (gold && candidate) {
      if (gold.equals(candidate)) continue;
      if (file.endsWith('.py') && samePython(gold.toString('utf8'), candidate.toString('utf8'))) continue;
      return false;
    }
    if (gold !== candidate) return false;
  }
  return true;
}

/** Whether two Python sources are equal up to comments, docstrings, layout and names of local variables. */
export function samePython(left: string, right: string): boolean {
  const [one, other] = [parsePython(left), parsePython(right)];
  return !one.hasError && !other.hasError && anonymousTokens(one) === anonymousTokens(other);
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

async function readBytes(directory: string, file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path.join(directory, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
