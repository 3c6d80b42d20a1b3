import type { Divergence } from '../../model/divergence.js';
import type { Target } from '../../model/target.js';
import type { TestFailure } from '../../model/verdict.js';
import type { FullConfirmation } from '../confirm/confirm.js';
import type { SearchResult } from '../search/search.js';
import { countDiffering } from './differs.js';
import { countGenerated, countInputs, judge, reachedTargets, silence } from './judge.js';
import type { Findings } from './record.js';

/** All that was learnt of one pair whose tests and inputs have been run. */
export interface Learnt {
  readonly developerFailures: readonly TestFailure[];
  readonly found: SearchResult;
  readonly confirmation: FullConfirmation;
  readonly divergences: readonly Divergence[];
  readonly targets: readonly Target[];
  /** Targets that the candidate enters while it is imported. */
  readonly importHits: readonly string[];
}

/** Counts the inputs, says which targets they reached, and judges. */
export function conclude(learnt: Learnt): Findings {
  const { developerFailures, found, confirmation, divergences, targets, importHits } = learnt;
  const inputs = countInputs(found.observed, confirmation, found.unsteady.length);
  const all = [...found.observed, ...found.unsteady];
  const reached = reachedTargets(targets, all, importHits);
  const differing = new Set(targets.filter(differs).map(({ id }) => id));
  return {
    verdict: judge({
      divergent: divergences.length > 0 || developerFailures.length > 0,
      counts: inputs,
      differing: reached.filter(({ id }) => differing.has(id)),
      candidateFlaky: confirmation.candidateFlaky,
      cut: confirmation.cut,
      silence: silence(found.observed, confirmation),
    }),
    developerFailures,
    divergences,
    inputs,
    differs: countDiffering(found.observed, confirmation, differing),
    generated: countGenerated(all),
    targets: reached,
    budgetCut: found.budgetCut,
  };
}

/** Whether a target's code is not the same on gold and candidate. */
const differs = ({ definitions }: Target): boolean =>
  definitions.gold?.tokens !== definitions.candidate?.tokens;
