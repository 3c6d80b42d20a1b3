import { comparePair } from '../compare/pair.js';
import { revise } from '../inputs/program/input.js';
import type { TimeLimit } from '../platform/budget.js';
import type { Observed } from './observed.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';

/** Reading an attribute may bring up an object with others. */
const MOST_ROUNDS = 2;
/** Attributes read for one input, at most. */
const MOST_READ = 24;

/** Answers inputs by their ids. */
interface Answers {
  observe(
    inputs: readonly Input[],
    limit: TimeLimit,
    secondsPerInput?: number,
  ): Promise<Map<string, Observation>>;
}

/** The two sides that are asked again. */
export interface AskedAgain {
  readonly gold: Answers;
  readonly candidate: Answers;
}

/**
 * Observes inputs again on which an object of one side stores what that of the other does not, and reads there what is
 * missing: a property, or what a class or a cache holds, is no other attribute than a stored one. Inputs whose objects
 * then read alike are the same; others keep what they ask for, so that every later run of them reads it, too. Where time
 * keeps an input from being asked again, nothing is known of it.
 */
export async function withReadings(
  observed: readonly Observed[],
  sides: AskedAgain,
  limit: TimeLimit,
  secondsPerInput: number | undefined,
): Promise<Observed[]> {
  let current = [...observed];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const asking = current.flatMap((one, index) => {
      const reads = stillUnread(one);
      return reads.length === 0 ? [] : [{ index, input: revise(one.input, { reads }) }];
    });
    if (asking.length === 0) break;
    const inputs = asking.map(({ input }) => input);
    const [golds, candidates] = await Promise.all([
      sides.gold.observe(inputs, limit, secondsPerInput),
      sides.candidate.observe(inputs, limit, secondsPerInput),
    ]);
    const answered = new Map(
      asking.flatMap(({ index, input }) => {
        const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
        if (!gold || !candidate) return [];
        return [[index, { input, gold, candidate, comparison: comparePair(gold, candidate) }] as const];
      }),
    );
    const asked = new Set(asking.map(({ index }) => index));
    current = current.map((one, index) => answered.get(index) ?? (asked.has(index) ? unanswered(one) : one));
  }
  return current.map((one, index) => {
    const first = observed[index];
    return one.comparison.kind === 'different' || !first ? one : { ...first, comparison: one.comparison };
  });
}

const unanswered = (one: Observed): Observed => ({
  ...one,
  comparison: { kind: 'unknown', reason: 'time was up before an attribute could be read' },
});

/** All that an input asks for and its comparison lacks; empty where nothing is new. */
function stillUnread({ input, comparison }: Observed): string[] {
  const unread = comparison.kind === 'different' ? (comparison.unread ?? []) : [];
  const asked = input.reads ?? [];
  const fresh = unread.filter((name) => !asked.includes(name));
  return fresh.length === 0 ? [] : [...asked, ...fresh].slice(0, MOST_READ);
}
