import type { Comparison, Difference } from '../model/divergence.js';
import type { Canonical, Observation } from '../model/observation.js';
import { holdsUnreadable, kindName } from './canonical-facts.js';
import { compareObservations } from './compare.js';
import { shortName } from './render.js';

/** Values of these forms are told from any other by their type alone. */
const PLAIN: ReadonlySet<Canonical['t']> = new Set([
  ...(['none', 'bool', 'int', 'float', 'complex', 'str', 'bytes', 'bytearray'] as const),
  ...(['list', 'tuple', 'set', 'frozenset', 'dict'] as const),
]);

/**
 * Compares what gold and the candidate did, as `compareObservations` does. Where only what the candidate gives cannot be
 * read, its type still can: a lock is another answer than a text, whatever is in it.
 */
export function comparePair(gold: Observation, candidate: Observation): Comparison {
  const comparison = compareObservations(gold, candidate);
  if (comparison.kind !== 'unknown') return comparison;
  if (gold.outcome.kind !== 'value' || candidate.outcome.kind !== 'value') return comparison;
  if (holdsUnreadable(gold.outcome.value)) return comparison;
  const outcome = { kind: 'value', value: withTypes(candidate.outcome.value) } as const;
  const typed = compareObservations(gold, { ...candidate, outcome });
  const differences = typed.kind === 'different' ? typed.differences.filter(isOfTypes) : [];
  return differences.length > 0 ? { kind: 'different', differences } : comparison;
}

function isOfTypes({ aspect, left, right }: Difference): boolean {
  if (aspect !== 'type' || typeof left !== 'object' || typeof right !== 'object') return false;
  return PLAIN.has(left.t) && shortName(kindName(left)) !== shortName(kindName(right));
}

/** A value in which objects that could not be read have their type and nothing else. */
function withTypes(value: Canonical): Canonical {
  switch (value.t) {
    case 'opaque':
      return { t: 'object', type: value.type, public: {} };
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return { ...value, items: value.items.map(withTypes) };
    case 'dict':
      return { ...value, entries: value.entries.map(([key, item]) => [key, withTypes(item)] as const) };
    default:
      return value;
  }
}
