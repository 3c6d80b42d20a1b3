const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs;
const LIST = /^\s*\[(?:\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*(?:,|(?=\])))*\s*\]\s*$/s;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The strings of what Python's `repr` makes of a list of strings; null for any other text. */
export function pythonStringList(text: string): string[] | null {
  if (!LIST.test(text)) return null;
  return [...text.matchAll(STRING)].map(([, single, double]) => unescaped(single ?? double ?? ''));
}

function unescaped(body: string): string {
  return body.replaceAll(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)/gs, (_, escape: string) =>
    escape.length > 1 ? String.fromCodePoint(parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
  );
}
