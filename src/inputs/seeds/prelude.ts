import { boundNames } from '../../python/names.js';
import { splitStatements } from './statements.js';

/**
 * Joins preludes to one. Imports from `__future__` come first, and a statement is left out if it would only bind its
 * names again in the same way.
 */
export function joinPreludes(preludes: readonly string[]): string {
  const futures = new Set<string>();
  const others: string[] = [];
  /** The statement that bound each name last. */
  const binders = new Map<string, string>();
  for (const statement of preludes.flatMap((prelude) => (prelude === '' ? [] : splitStatements(prelude)))) {
    const names = [...boundNames(statement)];
    if (statement.startsWith('from __future__')) futures.add(statement);
    else if (names.length === 0 || names.some((name) => binders.get(name) !== statement))
      others.push(statement);
    for (const name of names) binders.set(name, statement);
  }
  return [...futures, ...others].join('\n');
}

/**
 * A prelude that was cut from the module in `file`, with a definition of `__file__` if it or the `statements` after it
 * read that: the file below a directory on `sys.path`, or below the parent of one.
 */
export function withFile(prelude: string, file: string, statements: readonly string[] = []): string {
  if (![prelude, ...statements].some((text) => /\b__file__\b/.test(text))) return prelude;
  const found = `(d + up + ${JSON.stringify(`/${file}`)} for d in __import__("sys").path for up in ("", "/.."))`;
  return joinPreludes([`__file__ = next(filter(__import__("os").path.isfile, ${found}))`, prelude]);
}
