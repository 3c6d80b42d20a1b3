import type { Random } from '../../inputs/program/random.js';
import type { Target } from '../../model/target.js';
import type { Observed } from '../../observe/pair-observer.js';
import { interleave } from '../../inputs/interleave.js';
import { pathOf, type Paths } from './paths.js';

/** Inputs that mutants are made from in one round, and those among which they are scheduled. */
const MOST_PARENTS = 160;
const MOST_SELECTED = 400;
const ORIGINS = { issue: 0, doctest: 1, test: 2 } as const;

/**
 * Selects the inputs worth mutating among those with so many `mutations`: they reached a target and were answered; the
 * issue's come before the tests', short before long. Where nothing reached a target, every one is worth a try. Of mutants
 * one is taken for each answer, and each path through the changed code has its turn, so that the parents are not all
 * alike. Calls at the frontier are no parents: their arguments were varied already.
 */
export function selectParents(
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
    return interleave(mixed, pathOf).slice(0, MOST_SELECTED);
  }
  return onePerTextAndPath([...usable].sort(byPromise)).slice(0, MOST_SELECTED);
}

/** Parts of the mutants that each kind of parent has, and how many in a row one parent has at least, where others have one. */
const KINDS = {
  fix: { share: 2, leastTurn: 4 },
  departs: { share: 1, leastTurn: 2 },
  plain: { share: 1, leastTurn: 1 },
} as const;
const LONGEST_TURN = 32;

/** An input to make mutants of, and how many it has each time it is its turn. */
export interface Parent {
  readonly observed: Observed;
  readonly turn: number;
}

/**
 * Schedules the parents of a round: inputs on which the fix shows first, then those that take different paths on the two
 * sides, and of the others those that gave a value. Few of a kind have long turns, so that the kind has its share.
 */
export function scheduleParents(
  inputs: readonly Observed[],
  showFix: ReadonlySet<Observed>,
  paths: Paths,
): readonly Parent[] {
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
    .slice(0, MOST_PARENTS);
}

const isAnswered = ({ gold, candidate }: Observed): boolean =>
  [gold, candidate].some(({ outcome }) => outcome.kind === 'value' || outcome.kind === 'raised');

const givesValue = ({ gold, candidate }: Observed): boolean =>
  [gold, candidate].some(({ outcome }) => outcome.kind === 'value');

/** Without contrived inputs, and of those with the same answer the first. */
function onePerAnswer(observed: readonly Observed[]): Observed[] {
  const answers = new Map<string, Observed>();
  for (const one of observed) {
    if (one.input.domain === 'contrived') continue;
    const answer = JSON.stringify([one.gold.outcome, one.input.seed]);
    if (!answers.has(answer)) answers.set(answer, one);
  }
  return [...answers.values()];
}

/** The same expression after another set-up teaches little, unless it takes another path through the changed code. */
function onePerTextAndPath(observed: readonly Observed[]): Observed[] {
  const known = new Set<string>();
  return observed.filter((one) => {
    const key = JSON.stringify([one.input.source, pathOf(one)]);
    return !known.has(key) && known.add(key);
  });
}

function byPromise({ input: a }: Observed, { input: b }: Observed): number {
  return ORIGINS[a.seedOrigin] - ORIGINS[b.seedOrigin] || a.source.length - b.source.length;
}
