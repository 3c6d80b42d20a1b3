import { BOUNDARY_FLOATS, BOUNDARY_INTEGERS, BOUNDARY_STRINGS } from './boundary-values.js';
import { literalType } from './literal-type.js';
import type { MutationOperator } from './mutation-operator.js';

/** Replaces a literal by a boundary value, a neighbour, or a constant of the patches and the issue. */
export const literal: MutationOperator = (node, { pool, targetLiterals }) => {
  const mined = [...new Set([...targetLiterals.disputed, ...pool.constants])].filter(
    (text) => text !== node.text,
  );
  switch (node.type) {
    case 'integer':
      return [
        `${node.text} + 1`,
        `${node.text} - 1`,
        `-${node.text}`,
        ...BOUNDARY_INTEGERS,
        '0.5',
        'True',
        'None',
      ]
        .concat(mined.filter((text) => /^[\d.]/.test(text)))
        .map((text) => (/^\w+$/.test(text) ? text : `(${text})`));
    case 'float':
      return [`-${node.text}`, ...BOUNDARY_FLOATS, '0', '1', ...mined.filter((text) => /^[\d.]/.test(text))];
    case 'string':
      return [
        ...BOUNDARY_STRINGS,
        `b${node.text}`,
        `${node.text} + ' '`,
        `${node.text}.upper()`,
        `${node.text} * 2`,
      ]
        .concat(mined.filter((text) => /['"]$/.test(text)))
        .filter((text) => !text.startsWith('bb') && !/^b[fruFRU]/.test(text));
    case 'true':
      return ['False', 'None'];
    case 'false':
      return ['True', 'None'];
    case 'none':
      return ['0', "''", '[]', 'True'];
    default:
      return [];
  }
};

/** Replaces a literal by another of the same input or its neighbour: where two quantities are equal there is a boundary. */
export const ownLiteral: MutationOperator = (node, { ownLiterals }) => {
  const type = literalType(node);
  if (!['integer', 'float', 'string'].includes(node.type)) return [];
  const others = ownLiterals.filter((own) => own.text !== node.text && own.type === type);
  return others.flatMap(({ text }) =>
    node.type === 'integer' ? [text, `(${text} + 1)`, `(${text} - 1)`] : [text],
  );
};

/** Drops, adds, repeats and reorders the elements of a container. */
export const container: MutationOperator = (node) => {
  if (node.type !== 'list' && node.type !== 'tuple') return [];
  const items = node.namedChildren.filter((child) => child.type !== 'comment').map((child) => child.text);
  const build = (parts: readonly string[]) =>
    node.type === 'list' ? `[${parts.join(', ')}]` : `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
  const variants = [[], items.slice(1), items.slice(0, 1), items.slice(0, -1), [...items].reverse()];
  variants.push([...items, ...items], [...items, ...items.slice(-1)]);
  return [...variants.map(build), node.type === 'list' ? `tuple(${node.text})` : `list(${node.text})`];
};
