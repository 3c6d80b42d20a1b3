import { partsOf } from '../python/syntax.js';
import { parsePython } from '../python/python-parser.js';
import type { Input } from '../model/input.js';

/** The size of a program: the number of top-level statements counts first, then the characters of its tokens. */
export interface ProgramSize {
  readonly statements: number;
  readonly characters: number;
}

/** Size of an input with its set-up; null when a part of it does not parse. */
export function sizeOf({ prelude, prefix, source }: Input): ProgramSize | null {
  let [statements, characters] = [0, 0];
  for (const code of [prelude, ...prefix, source]) {
    const root = parsePython(code);
    if (root.hasError) return null;
    statements += partsOf(root).length;
    for (const node of root.walk(({ type }) => type !== 'comment')) {
      if (node.children.length === 0 && node.type !== 'comment')
        characters += node.endIndex - node.startIndex;
    }
  }
  return { statements, characters };
}

/** Whether `a` is strictly smaller than `b`. */
export function isSmaller(a: ProgramSize, b: ProgramSize): boolean {
  return a.statements === b.statements ? a.characters < b.characters : a.statements < b.statements;
}
