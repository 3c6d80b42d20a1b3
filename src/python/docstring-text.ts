const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Text of a docstring literal: without quotes, with escapes resolved unless raw, dedented as by `inspect.cleandoc`. */
export function docstringText(literal: string): string {
  const match = /^([rRuUbB]*)("""|'''|"|')([\s\S]*)\2$/.exec(literal.trim());
  if (!match) return literal;
  const [, prefix = '', , body = ''] = match;
  const text = /r/i.test(prefix)
    ? body
    : body.replace(/\\([ntr\\'"]|\n)/g, (_, key: string) => ESCAPES[key] ?? key);
  const [first = '', ...rest] = text.replace(/\r\n?/g, '\n').replace(/\t/g, '        ').split('\n');
  const indents = rest
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const margin = indents.length > 0 ? Math.min(...indents) : 0;
  return [first.trimStart(), ...rest.map((line) => line.slice(margin))].join('\n').trim();
}
