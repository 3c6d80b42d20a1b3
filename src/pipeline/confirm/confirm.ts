import type { Input } from '../../model/input.js';
import { byKind, type GradedDifference } from './graded-difference.js';
import { repeat, runAlone } from './repetition.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';
import type { TimeLimit } from '../../platform/budget.js';
import { findDeaths } from './deaths.js';
import { findLateAnswers } from './late-answers.js';
import { findSlow } from './slow.js';
import { chooseSuspects } from './suspects.js';
import type { ThreeSides } from './three-sides.js';

/** What became of the inputs on which the sides differed. */
export interface Confirmation {
  /** What repeated itself on both sides: of the strongest kinds one each. */
  readonly confirmed: readonly GradedDifference[];
  /** Signatures of what differed when run alone, without those whose repetition failed or was cut. */
  readonly signatures: ReadonlySet<string>;
  /** Suspects that disagreed with themselves on gold, so that the input itself is unsteady. */
  readonly goldFlaky: number;
  /** Suspects that were steady on gold and disagreed with themselves on the candidate. */
  readonly candidateFlaky: number;
  /** Of these, the ones to which the candidate gave another answer under the same seeds, too, and never gold's. */
  readonly arbitrary: number;
  /** Suspects that did not differ once run alone: an earlier input had disturbed them. */
  readonly vanished: number;
  /** Suspects that timed out or could not be compared when run alone. */
  readonly unknown: number;
  /** Of the kinds that were confirmed, what was not repeated since one of its kind had been. */
  readonly spares: readonly GradedDifference[];
  /** Suspects that time kept from being repeated on every side: they may be divergences. */
  readonly cut: number;
}

/** All that confirming came to. */
export interface FullConfirmation extends Confirmation {
  /** Ids of inputs that the candidate answered as gold did, when it was given more time. */
  readonly late: ReadonlySet<string>;
}

/** Confirms what was observed to differ, and looks for inputs on which only the candidate dies or does not come to an end. */
export async function confirm(
  observed: readonly Observed[],
  sides: ThreeSides,
  mostKinds: number,
  time: TimeLimit,
): Promise<FullConfirmation> {
  const suspects = observed.filter(({ comparison }) => comparison.kind === 'different');
  const confirmation = await confirmSuspects(suspects, sides, mostKinds, time);
  const deaths = await findDeaths(observed, sides, time);
  const slow = await findSlow(observed, sides);
  const late = slow.length > 0 ? new Set<string>() : await findLateAnswers(observed, sides, time);
  return { ...confirmation, late, confirmed: [...confirmation.confirmed, ...deaths, ...slow] };
}

/**
 * Runs suspects alone in fresh forks, and repeats the best of each kind under every hash seed on both sides until
 * `mostKinds` kinds are confirmed. A side that disagrees with itself makes its input flaky, and the next of its kind has its
 * turn; a difference must be there every time.
 */
async function confirmSuspects(
  suspects: readonly Observed[],
  sides: ThreeSides,
  mostKinds: number,
  time: TimeLimit,
): Promise<Confirmation> {
  const inputs = chooseSuspects(suspects);
  const first = await confirmInputs(inputs, sides, mostKinds, time);
  // Inputs that others had disturbed may have hidden those of the same kind that differ for themselves.
  const tried = new Set(inputs);
  const left = suspects.filter(
    (one) => !tried.has(one.input) && !first.signatures.has(signatureOfObserved(one)),
  );
  if (first.vanished === 0 || left.length === 0) return first;
  return joined(first, await confirmInputs(chooseSuspects(left), sides, mostKinds, time));
}

const joined = (a: Confirmation, b: Confirmation): Confirmation => ({
  confirmed: [...a.confirmed, ...b.confirmed],
  signatures: new Set([...a.signatures, ...b.signatures]),
  goldFlaky: a.goldFlaky + b.goldFlaky,
  candidateFlaky: a.candidateFlaky + b.candidateFlaky,
  arbitrary: a.arbitrary + b.arbitrary,
  vanished: a.vanished + b.vanished,
  unknown: a.unknown + b.unknown,
  spares: [...a.spares, ...b.spares],
  cut: a.cut + b.cut,
});

/** As `confirm`, for inputs already chosen, and without looking for slow ones. */
export async function confirmInputs(
  inputs: readonly Input[],
  sides: ThreeSides,
  mostKinds: number,
  time: TimeLimit,
): Promise<Confirmation> {
  const alone = await runAlone(inputs, sides, time);
  const counts = { goldFlaky: 0, candidateFlaky: 0, arbitrary: 0, ...alone.counts };
  const signatures = new Set(alone.evidence.map(({ signature }) => signature));
  const confirmed: GradedDifference[] = [];
  const spares: GradedDifference[] = [];
  for (const members of byKind(alone.evidence)) {
    if (confirmed.length >= mostKinds) break;
    for (const [index, one] of members.entries()) {
      const result = await repeat(one, sides, time);
      if (typeof result === 'object') {
        confirmed.push(result);
        spares.push(...members.slice(index + 1));
        break;
      }
      counts[result === 'changing' ? 'candidateFlaky' : result] += 1;
      if (result === 'changing') counts.arbitrary += 1;
      signatures.delete(one.signature);
    }
  }
  for (const { signature } of confirmed) signatures.add(signature);
  return { confirmed, spares, signatures, ...counts };
}
