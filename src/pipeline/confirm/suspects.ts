import { differMarkedly } from '../../compare/compare.js';
import { sortByKeys } from '../../compare/sort-by-keys.js';
import { DOMAINS, type Input } from '../../model/input.js';
import { programLengths } from './graded-difference.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';

/** Suspects run alone for one pair, and for each kind of divergence. */
const MOST_SUSPECTS = 80;
const MUTANTS_PER_SIGNATURE = 4;
/** Inputs that people wrote are the better evidence. */
const UNMUTATED_PER_SIGNATURE = 12;
const ORIGINS: readonly Input['seedOrigin'][] = ['issue', 'test', 'doctest'];

/** A few of each kind, unmutated and short ones first: what one kind of divergence needs is one good witness. */
export function chooseSuspects(suspects: readonly Observed[]): Input[] {
  const perSignature = new Map<string, number>();
  const lengthOf = programLengths();
  const sorted = sortByKeys(suspects, ({ input, comparison }) => [
    Number(!differMarkedly(comparison)),
    DOMAINS.indexOf(input.domain),
    input.mutations.length,
    ORIGINS.indexOf(input.seedOrigin),
    lengthOf(input),
  ]);
  const chosen = sorted.filter((suspect) => {
    const signature = signatureOfObserved(suspect);
    const count = perSignature.get(signature) ?? 0;
    perSignature.set(signature, count + 1);
    return count < (suspect.input.mutations.length > 0 ? MUTANTS_PER_SIGNATURE : UNMUTATED_PER_SIGNATURE);
  });
  return chosen.slice(0, MOST_SUSPECTS).map(({ input }) => input);
}
