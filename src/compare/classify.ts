import type { DivergenceClass } from '../model/divergence.js';
import type { Observation } from '../model/observation.js';
import { compareObservations, differMarkedly } from './compare.js';

/**
 * How the candidate departs from gold, given that the two differ: `extra` when gold left base's behaviour
 * alone, `missing` when the candidate did, `different` when both changed it, `unclassified` when base gave
 * nothing to compare with. Where all three differ, a change of the last digits of numbers is none.
 */
export function classify(base: Observation, gold: Observation, candidate: Observation): DivergenceClass {
  const [withGold, withCandidate] = [compareObservations(base, gold), compareObservations(base, candidate)];
  if (withGold.kind === 'same') return 'extra';
  if (withCandidate.kind === 'same') return 'missing';
  if (withGold.kind !== 'different' || withCandidate.kind !== 'different') return 'unclassified';
  const [goldChanged, candidateChanged] = [differMarkedly(withGold), differMarkedly(withCandidate)];
  if (goldChanged === candidateChanged) return 'different';
  return goldChanged ? 'missing' : 'extra';
}
