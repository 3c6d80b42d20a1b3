import type { Comparison, DivergenceClass } from '../model/divergence.js';
import type { Observation } from '../model/observation.js';
import { compareObservations, differMarkedly, evidenceGap } from './compare.js';

/**
 * How the candidate departs from gold, given that the two differ: `extra` when gold left base's behaviour
 * alone, `missing` when the candidate did, `different` when both changed it, `unclassified` when base gave
 * nothing to compare with. Where all three differ, a change of the last digits of numbers is none.
 */
export function classify(base: Observation, gold: Observation, candidate: Observation): DivergenceClass {
  const [withGold, withCandidate] = [compareObservations(base, gold), compareObservations(base, candidate)];
  // What neither side lets anyone read says nothing, where all that can be read is alike.
  const alike = ({ kind }: Comparison) =>
    kind === 'same' || (kind === 'unknown' && evidenceGap(base.outcome) === undefined);
  if (alike(withGold) && alike(withCandidate)) return withGold.kind === 'same' ? 'extra' : 'unclassified';
  if (alike(withGold)) return 'extra';
  if (alike(withCandidate)) return 'missing';
  if (withGold.kind !== 'different' || withCandidate.kind !== 'different') return 'unclassified';
  const [goldChanged, candidateChanged] = [differMarkedly(withGold), differMarkedly(withCandidate)];
  if (goldChanged === candidateChanged) return 'different';
  return goldChanged ? 'missing' : 'extra';
}
