import type { Observed } from '../../observe/pair-observer.js';

/** How many mutants in a row the best operator has, where the others have one. */
const MOST = 4;

/**
 * Of each mutation operator tried so far, how many mutants in a row it deserves: more, the more often what it did led gold
 * to a value that no input before had led to. `observed` in the order of observation.
 */
export function operatorTurns(observed: readonly Observed[]): Map<string, number> {
  const values = new Set<string>();
  const counts = new Map<string, { tried: number; fruitful: number }>();
  for (const { input, gold } of observed) {
    const value = gold.outcome.kind === 'value' ? JSON.stringify(gold.outcome.value) : undefined;
    const isNew = value !== undefined && !values.has(value);
    if (value !== undefined) values.add(value);
    const operator = input.mutations.at(-1);
    if (operator === undefined) continue;
    const count = counts.get(operator) ?? { tried: 0, fruitful: 0 };
    counts.set(operator, { tried: count.tried + 1, fruitful: count.fruitful + Number(isNew) });
  }
  // Half of one more try went well: little is known of operators that were tried a few times.
  return new Map(
    [...counts].map(([operator, { tried, fruitful }]) => [
      operator,
      1 + Math.round(((MOST - 1) * (fruitful + 0.5)) / (tried + 1)),
    ]),
  );
}
