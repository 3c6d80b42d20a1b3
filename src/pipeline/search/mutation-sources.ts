import type { Random } from '../../inputs/program/random.js';
import type { Target } from '../../model/target.js';
import type { Observed } from '../../observe/pair-observer.js';
import { interleave } from '../../inputs/interleave.js';
import { pathOf, type Paths } from './paths.js';

/** Inputs that mutants are made from in one round, and those looked at to choose them. */
const MOST_SOURCES = 160;
const MOST_CONSIDERED = 400;
const ORIGINS = { issue: 0, doctest: 1, test: 2 } as const;

/**
 * What with so many `mutations` is worth mutating: inputs that reached a target and were answered, issue before
 * tests, short before long. Where nothing reached a target, every one is worth a try. Of mutants one is taken
 * for each answer, and each way through the changed code has its turn, so that what is mutated further is not all alike.
 * Calls at the frontier have varied their arguments already, by what fits there.
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
    (one) =>
      one.input.mutations.length === mutations && one.input.generator !== 'frontier' && isAnswered(one),
  );
  if (mutations > 0) {
    const mixed = random.sample(onePerAnswer(usable), usable.length);
    return interleave(mixed, pathOf).slice(0, MOST_CONSIDERED);
  }
  return onePerTextAndWay([...usable].sort(byPromise)).slice(0, MOST_CONSIDERED);
}

/** Parts of the mutants that each kind of source has, and how many in a row one source has at least, where others have one. */
const KINDS = {
  fix: { share: 2, leastTurn: 4 },
  departs: { share: 1, leastTurn: 2 },
  plain: { share: 1, leastTurn: 1 },
} as const;
const LONGEST_TURN = 32;

/** An input to make mutants of, and how many it has each time it is its turn. */
export interface Source {
  readonly observed: Observed;
  readonly turn: number;
}

/**
 * The sources of a round: inputs on which the fix shows first, then those that take different ways on the two sides,
 * and of the others those that gave a value. Few of a kind have long turns, so that the kind has its share.
 */
export function chosen(
  inputs: readonly Observed[],
  showFix: ReadonlySet<Observed>,
  paths: Paths,
): readonly Source[] {
  const kindOf = (one: Observed) =>
    showFix.has(one) ? 'fix' : paths.depart(one) ? 'departs' : givesValue(one) ? 'plain' : undefined;
  const groups = (['fix', 'departs', 'plain'] as const).map((kind) => ({
    ...KINDS[kind],
    members: interleave(
      inputs.filter((one) => kindOf(one) === kind),
      pathOf,
    ),
  }));
  const perShare = Math.max(...groups.map(({ members, share }) => members.length / share));
  return groups
    .flatMap(({ members, share, leastTurn }) => {
      const turn = Math.round((perShare * share) / members.length);
      return members.map((observed) => ({
        observed,
        turn: Math.min(LONGEST_TURN, Math.max(leastTurn, turn)),
      }));
    })
    .slice(0, MOST_SOURCES);
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

/** The same expression after another set-up teaches little, unless it goes another way through the changed code. */
function onePerTextAndWay(observed: readonly Observed[]): Observed[] {
  const known = new Set<string>();
  return observed.filter((one) => {
    const key = JSON.stringify([one.input.source, pathOf(one)]);
    return !known.has(key) && known.add(key);
  });
}

function byPromise({ input: a }: Observed, { input: b }: Observed): number {
  return ORIGINS[a.seedOrigin] - ORIGINS[b.seedOrigin] || a.source.length - b.source.length;
}
