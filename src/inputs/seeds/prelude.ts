import { boundNames } from '../../python/names.js';
import { splitStatements } from './statements.js';

/**
 * Preludes one after the other, as one: what they import from `__future__` comes first, and what would bind names as they
 * are bound already is not said again.
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
 * A prelude cut from the module in `file`, with the `__file__` that it or the `statements` after it read: the file where
 * the tree lies on the path that modules are imported from, or beside a directory on it.
 */
export function withFile(prelude: string, file: string, statements: readonly string[] = []): string {
  if (![prelude, ...statements].some((text) => /\b__file__\b/.test(text))) return prelude;
  const found = `(d + up + ${JSON.stringify(`/${file}`)} for d in __import__("sys").path for up in ("", "/.."))`;
  return joinPreludes([`__file__ = next(filter(__import__("os").path.isfile, ${found}))`, prelude]);
}
