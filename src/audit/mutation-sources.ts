import type { Random } from '../inputs/random.js';
import type { Target } from '../model/target.js';
import type { Observed } from './pair-observer.js';

/** Inputs that mutants are made from in one round, and those looked at to choose them. */
const MOST_SOURCES = 160;
const MOST_CONSIDERED = 400;
const ORIGINS = { issue: 0, doctest: 1, test: 2 } as const;

/**
 * What with so many `mutations` is worth mutating: inputs that reached a target and were answered, issue before
 * tests, short before long. Where nothing reached a target, every one is worth a try. Of mutants one is taken
 * for each answer, so that what is mutated further is not all alike.
 */
export function considered(
  observed: readonly Observed[],
  targets: readonly Target[],
  mutations: number,
  random: Random,
): readonly Observed[] {
  const ids = new Set(targets.map(({ id }) => id));
  const reached = observed.filter(({ gold, candidate }) =>
    [...gold.hits, ...candidate.hits].some((hit) => ids.has(hit)),
  );
  const usable = (reached.length > 0 ? reached : observed).filter(
    (one) => one.input.mutations.length === mutations && isAnswered(one),
  );
  if (mutations > 0) return random.sample(onePerAnswer(usable), MOST_CONSIDERED);
  return onePerText([...usable].sort(byPromise)).slice(0, MOST_CONSIDERED);
}

/** The sources of a round: those on which the fix shows first, and of the others those that gave a value. */
export function chosen(inputs: readonly Observed[], showFix: ReadonlySet<Observed>): readonly Observed[] {
  const others = inputs.filter((one) => !showFix.has(one) && givesValue(one));
  return [...inputs.filter((one) => showFix.has(one)), ...others].slice(0, MOST_SOURCES);
}

const isAnswered = ({ gold, candidate }: Observed): boolean =>
  [gold, candidate].some(({ outcome }) => outcome.kind === 'value' || outcome.kind === 'raised');

const givesValue = ({ gold, candidate }: Observed): boolean =>
  [gold, candidate].some(({ outcome }) => outcome.kind === 'value');

/** Well-typed inputs only, and of those with the same answer the first. */
function onePerAnswer(observed: readonly Observed[]): Observed[] {
  const answers = new Map<string, Observed>();
  for (const one of observed) {
    if (one.input.illTyped) continue;
    const answer = JSON.stringify([one.gold.outcome, one.input.seed]);
    if (!answers.has(answer)) answers.set(answer, one);
  }
  return [...answers.values()];
}

/** One place for each text: the same expression after another prefix teaches little. */
function onePerText(observed: readonly Observed[]): Observed[] {
  const texts = new Set<string>();
  return observed.filter(({ input }) => !texts.has(input.source) && texts.add(input.source));
}

function byPromise({ input: a }: Observed, { input: b }: Observed): number {
  return ORIGINS[a.seedOrigin] - ORIGINS[b.seedOrigin] || a.source.length - b.source.length;
}
