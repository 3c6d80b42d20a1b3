import { holdsUnreadable } from '../../compare/canonical-facts.js';
import type { Observation } from '../../model/observation.js';
import type { Target } from '../../model/target.js';
import type { InputCounts, PairRecord, Verdict } from '../../model/verdict.js';
import type { Confirmation, FullConfirmation } from '../confirm/confirm.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';

/**
 * Sorts every observed input into exactly one count. What confirmation found corrects the first impression; a
 * difference that was not run alone counts only where one of the same signature was there alone. `unsteady` are further
 * inputs, which are flaky.
 */
export function countInputs(
  observed: readonly Observed[],
  confirmation: Confirmation,
  unsteady = 0,
): InputCounts {
  const count = (test: (one: Observed) => boolean) => observed.filter(test).length;
  const { vanished, goldFlaky, candidateFlaky } = confirmation;
  const undecided = confirmation.unknown + confirmation.cut;
  const flaky = goldFlaky + candidateFlaky;
  const suspects = observed.filter(({ comparison }) => comparison.kind === 'different');
  const different = suspects.filter((one) => confirmation.signatures.has(signatureOfObserved(one))).length;
  const confirmedKinds = Math.min(different, suspects.length - flaky - vanished - undecided);
  const setupFailed = count(goldSetupFailed);
  return {
    tried: observed.length + unsteady,
    same: count(({ comparison }) => comparison.kind === 'same') + vanished,
    different: confirmedKinds,
    flaky: flaky + unsteady,
    unknown:
      count((one) => one.comparison.kind === 'unknown' && !goldSetupFailed(one)) +
      (suspects.length - flaky - vanished - confirmedKinds),
    setupFailed,
  };
}

const goldSetupFailed = ({ gold }: Observed): boolean => gold.outcome.kind === 'setup-failed';

/** Observed inputs per generator. */
export function countGenerated(observed: readonly Observed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { input } of observed) counts[input.generator] = (counts[input.generator] ?? 0) + 1;
  return counts;
}

/** Which targets were entered on gold or candidate by an input or while importing. */
export function reachedTargets(
  targets: readonly Target[],
  observed: readonly Observed[],
  importHits: readonly string[],
): PairRecord['targets'] {
  const hits = new Set(importHits);
  for (const { gold, candidate } of observed)
    for (const hit of [...gold.hits, ...candidate.hits]) hits.add(hit);
  return targets.map(({ id }) => ({ id, reached: hits.has(id) }));
}

/** Inputs that gold answers, and of those the ones to which the candidate alone gives no answer, or none that is steady. */
export interface Silence {
  readonly answered: number;
  readonly silent: number;
  readonly unsteady: number;
  /** Inputs to which it answers otherwise each time, under the same seeds, too, and never as gold. */
  readonly arbitrary: number;
}

/** Counts what only the candidate leaves without an answer that can be compared. */
export function silence(observed: readonly Observed[], confirmation: FullConfirmation): Silence {
  const answered = observed.filter(({ gold }) => isReadable(gold));
  const isSilent = ({ input, comparison, candidate }: Observed) =>
    comparison.kind === 'unknown' && !isReadable(candidate) && !confirmation.late.has(input.id);
  const isUnsteady = (one: Observed) =>
    one.comparison.kind === 'different' && !confirmation.signatures.has(signatureOfObserved(one));
  return {
    answered: answered.length,
    silent: answered.filter(isSilent).length,
    unsteady: confirmation.candidateFlaky > 0 ? answered.filter(isUnsteady).length : 0,
    arbitrary: confirmation.arbitrary,
  };
}

const isReadable = ({ outcome }: Observation): boolean =>
  outcome.kind === 'value' ? !holdsUnreadable(outcome.value) : outcome.kind === 'raised';

/** A pair of which this share of the inputs, and so many, are silent or unsteady on the candidate alone is not judged alike. */
const SMALL_SHARE = 0.05;
const FEW = 3;
const isMuch = (count: number, of: number): boolean => count >= FEW && count > SMALL_SHARE * of;

/** What a verdict rests on. */
export interface VerdictBasis {
  readonly divergent: boolean;
  readonly counts: InputCounts;
  /** Targets whose code differs between gold and candidate: only these can make them behave differently. */
  readonly differing: readonly { readonly id: string; readonly reached: boolean }[];
  /** Inputs to which the candidate gave changing answers where gold's was steady. */
  readonly candidateFlaky: number;
  /** Inputs on which the two differed once, and that there was no time to repeat. */
  readonly cut: number;
  readonly silence: Silence;
}

/** The verdict of a pair whose tests and inputs have all been run. */
export function judge(basis: VerdictBasis): Verdict {
  const { divergent, counts, differing, candidateFlaky, cut } = basis;
  const { answered, silent, unsteady, arbitrary } = basis.silence;
  if (divergent) return { outcome: 'divergent' };
  if (cut > 0) {
    const detail = `${cut} of the inputs that were answered differently could not be repeated in the time given`;
    return { outcome: 'unverifiable', reason: 'differences-not-repeated', detail };
  }
  // A few unsteady inputs among many steady ones are dropped and counted, unless what the candidate gives is arbitrary.
  const isFlaky = counts.flaky + counts.unknown >= counts.same || isMuch(unsteady, answered);
  if (arbitrary > 0 || (candidateFlaky > 0 && isFlaky)) {
    const detail = `the candidate's answers to ${candidateFlaky} inputs changed from one repetition to the next, gold's did not`;
    return { outcome: 'unverifiable', reason: 'every-difference-flaky', detail };
  }
  if (isMuch(silent, answered)) {
    const detail = `of ${answered} inputs that the reference answers, the candidate leaves ${silent} without an answer`;
    return { outcome: 'unverifiable', reason: 'candidate-silent', detail };
  }
  if (differing.length > 0 && differing.every(({ reached }) => !reached)) return { outcome: 'not-reached' };
  if (counts.same === 0) {
    const detail = `of ${counts.tried} inputs ${counts.unknown} gave no evidence and ${counts.setupFailed} could not be set up`;
    return { outcome: 'unverifiable', reason: 'nothing-comparable', detail };
  }
  return { outcome: 'consistent', identical: false };
}
