import { evidenceGap } from '../../compare/compare.js';
import { renderOutcome } from '../../compare/render.js';
import { usesPrivate } from '../../compare/private-use.js';
import { scopeOf, type IssueGround } from '../../compare/scope.js';
import { signatureOf } from '../../compare/signature.js';
import { sortByKeys } from '../../compare/sort-by-keys.js';
import type { Difference, Grade } from '../../model/divergence.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { TimeLimit } from '../../platform/budget.js';
import { programLengths, type GradedDifference } from './graded-difference.js';
import { classOfSilence, GOLD_SECONDS, isAnswer } from './slow.js';
import type { ThreeSides } from './three-sides.js';

/** Inputs asked of both sides alone, and of those how many are repeated until one is confirmed. */
const MOST_ASKED = 8;
const MOST_REPEATED = 3;
/** How the probe reports a set-up that ended its process; a set-up that raises is another thing. */
const SETUP_ENDED = 'patchdiff.SetupEnded';

/**
 * Looks for one input on which the candidate's process ends, or exhausts memory, or floods its output, and which gold answers
 * at once: alone in a fresh fork and under every seed. One crash is evidence for nothing, as any process may be killed.
 */
export async function findDeaths(
  observed: readonly Observed[],
  sides: Pick<ThreeSides, 'ground' | 'base' | 'gold' | 'candidate' | 'seeds'>,
  limit: TimeLimit,
): Promise<GradedDifference[]> {
  const lengthOf = programLengths();
  const dying = observed
    .filter(({ gold, candidate }) => isAnswer(gold) && isDeath(candidate))
    .map(({ input }) => input);
  const asked = sortByKeys(dying, (input) => [
    Number(gradeOfDeath(input, sides.ground) !== 'dies-where-gold-answers'),
    input.mutations.length,
    lengthOf(input),
  ]).slice(0, MOST_ASKED);
  const round = async (inputs: readonly Input[], seed: number) => {
    const [golds, candidates] = await Promise.all([
      sides.gold.observeAlone(inputs, seed, limit, GOLD_SECONDS),
      sides.candidate.observeAlone(inputs, seed, limit),
    ]);
    return inputs.flatMap((input) => {
      const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
      return gold && candidate && isAnswer(gold) && isDeath(candidate) ? [{ input, gold, candidate }] : [];
    });
  };
  const [first, ...others] = sides.seeds;
  for (const one of (await round(asked, first)).slice(0, MOST_REPEATED)) {
    let steady = true;
    for (const seed of others) steady &&= (await round([one.input], seed)).length > 0;
    const base = steady
      ? (await sides.base.observeAlone([one.input], first, limit)).get(one.input.id)
      : undefined;
    if (base) return [died(one, base, sides.ground)];
  }
  return [];
}

/** Whether a side's process ended, or took what no answer needs, where it was to answer. */
export function isDeath({ outcome }: Observation): boolean {
  if (outcome.kind === 'setup-failed') return outcome.exception.type === SETUP_ENDED;
  return outcome.kind !== 'timeout' && evidenceGap(outcome) !== undefined;
}

function died(
  { input, gold, candidate }: Pick<GradedDifference, 'input' | 'gold' | 'candidate'>,
  base: Observation,
  ground: IssueGround,
): GradedDifference {
  const { outcome } = gold;
  const divergenceClass = classOfSilence(base, gold);
  const differences: Difference[] = [
    {
      aspect: 'outcome',
      path: '',
      left: outcome.kind === 'value' ? outcome.value : renderOutcome(outcome),
      right: renderOutcome(candidate.outcome),
    },
  ];
  return {
    ...{ input, base, gold, candidate, differences },
    class: divergenceClass,
    scope: scopeOf(ground, { input, gold, class: divergenceClass }),
    grade: gradeOfDeath(input, ground),
    signature: signatureOf(differences, gold, candidate),
  };
}

/** No caller can rely on what becomes of arguments that the code is not made for. */
function gradeOfDeath(input: Input, { privateNames }: IssueGround): Grade {
  if (usesPrivate(input, [...input.prefix, input.source].join('\n'), privateNames)) return 'internal';
  return input.domain === 'contrived' ? 'contrived' : 'dies-where-gold-answers';
}
