import type { Difference } from '../model/divergence.js';
import type { Canonical, Observation } from '../model/observation.js';
import { kindName } from './canonical-facts.js';

/**
 * Identifies the kind of a divergence: the most significant aspect, the exception types of both sides, the types of what
 * differs and the targets that were hit, but no texts and no sizes. Divergences with equal signatures count as one, and a
 * reduced input shows the same divergence if the signature is still the same.
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
    first.aspect === 'outcome' ? [] : [typeLabel(first.left), typeLabel(first.right)],
    [...hits].sort(),
  ]);
}

const exceptionType = ({ outcome }: Observation): string | null =>
  outcome.kind === 'raised' ? outcome.exception.type : null;

/** The type, and for booleans the value: true instead of false is another fault than false instead of true. */
function typeLabel(value: Canonical | string | undefined): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return 'text';
  return value.t === 'bool' ? String(value.v) : kindName(value);
}
