import type { Difference } from '../model/divergence.js';
import type { Canonical, Observation } from '../model/observation.js';
import { kindName } from './canonical-facts.js';

/**
 * What kind of divergence this is: the most telling aspect, the exception types of both sides, the types of
 * what differs and the targets entered, but no texts and no sizes. Divergences with equal signatures are
 * taken for one; a smaller input shows the same divergence when the signature stays.
 */
export function signatureOf(
  differences: readonly Difference[],
  left: Observation,
  right: Observation,
): string {
  const [first] = differences;
  if (!first) return 'none';
  const hits = new Set([...left.hits, ...right.hits].filter((hit) => !hit.endsWith('::<module>')));
  return JSON.stringify([
    first.aspect,
    exceptionType(left),
    exceptionType(right),
    first.aspect === 'outcome' ? [] : [sortOf(first.left), sortOf(first.right)],
    [...hits].sort(),
  ]);
}

const exceptionType = ({ outcome }: Observation): string | null =>
  outcome.kind === 'raised' ? outcome.exception.type : null;

/** The type, and for truth values which one: true for false is not the same fault as false for true. */
function sortOf(value: Canonical | string | undefined): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return 'text';
  return value.t === 'bool' ? String(value.v) : kindName(value);
}
