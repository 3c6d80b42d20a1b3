import { UserError } from '../model/errors.js';
import type { Instance } from '../model/instance.js';

/**
 * The instances with the given ids, in the order of the dataset; all of them when no id is given.
 * Throws UserError naming every unknown id and what may have been meant.
 */
export function selectInstances(instances: readonly Instance[], ids: readonly string[]): Instance[] {
  if (ids.length === 0) return [...instances];
  const known = instances.map((instance) => instance.instanceId);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const near = [...new Set(unknown.flatMap((id) => nearest(id, known)))].slice(0, 5);
    throw new UserError(
      'instance-unknown',
      `the dataset has no instance ${unknown.join(', ')}`,
      near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : `It has ${known.length} instances, such as ${known[0] ?? ''}.`,
    );
  }
  return instances.filter((instance) => ids.includes(instance.instanceId));
}

/** Ids that contain the text, or that are at most three edits away from it. */
function nearest(id: string, known: readonly string[]): string[] {
  const wanted = id.toLowerCase();
  return known.filter(
    (name) => name.toLowerCase().includes(wanted) || editDistance(name.toLowerCase(), wanted) <= 3,
  );
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 0; row < a.length; row += 1) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column += 1) {
      const replaced = (previous[column] ?? 0) + (a[row] === b[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
