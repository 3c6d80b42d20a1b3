import { parsePython } from '../../analysis/python-parser.js';

/** Preludes one after the other, as one: what they import from `__future__` comes first, and once. */
export function joinPreludes(preludes: readonly string[]): string {
  const futures = new Set<string>();
  const texts: string[] = [];
  for (const prelude of preludes) {
    const own = prelude.includes('__future__')
      ? parsePython(prelude).namedChildren.filter(({ type }) => type === 'future_import_statement')
      : [];
    let rest = prelude;
    for (const { startIndex, endIndex } of own.toReversed())
      rest = `${rest.slice(0, startIndex)}${rest.slice(endIndex).replace(/^[ \t]*\r?\n/, '')}`;
    own.forEach(({ text }) => futures.add(text));
    texts.push(rest.trimEnd());
  }
  return [...futures, ...texts].filter((text) => text !== '').join('\n');
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
