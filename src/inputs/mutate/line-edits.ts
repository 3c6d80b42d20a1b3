import type { MutationOperator } from './mutation-operator.js';
import { isDocument } from './pool.js';

/** Edits of one document, at most of each kind. */
const PLACES = 4;
const LINES = 3;

/**
 * Changes the lines of a document, for code that parses documents: replaces a line by one that another document of the
 * tests has, puts one after it, drops it or gives it twice. New lines are indented as those that they stand for.
 */
export const lineEdit: MutationOperator = (node, { pool, random }) => {
  if (node.type !== 'string' || !isDocument(node.text)) return [];
  const lines = node.text.split('\n');
  // The first and the last line hold the quotes.
  const places = [...lines.keys()].filter(
    (place) => place > 0 && place < lines.length - 1 && lines[place]?.trim() !== '',
  );
  return random.sample(places, PLACES).flatMap((place) => {
    const line = lines[place] ?? '';
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const others = random.sample(pool.lines, LINES).filter((text) => text !== line.trim());
    const instead = [
      ...others.map((text) => [indent + text]),
      ...others.map((text) => [line, indent + text]),
    ];
    return [...instead, [], [line, line]].map((replacement) =>
      [...lines.slice(0, place), ...replacement, ...lines.slice(place + 1)].join('\n'),
    );
  });
};
