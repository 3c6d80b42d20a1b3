import { parsePython } from '../python/python-parser.js';

/** Indents a statement by one level, except lines that begin inside a string. */
export function indented(statement: string): string {
  const strings = parsePython(statement).descendantsOfType('string');
  let start = 0;
  return statement
    .split('\n')
    .map((line) => {
      const from = start;
      start += line.length + 1;
      const inString = strings.some(({ startIndex, endIndex }) => startIndex < from && from < endIndex);
      return inString || line === '' ? line : `    ${line}`;
    })
    .join('\n');
}
