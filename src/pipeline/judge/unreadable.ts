import type { SteeringFile } from '../../change/steering.js';
import type { Findings } from './record.js';

/**
 * Takes the verdict back where the patch brings byte code or compiled code that the interpreter would load: it was left out of
 * what was observed, so that nothing found there says that the patch does as gold does.
 */
export function unlessUnreadable(steering: readonly SteeringFile[], findings: Findings): Findings {
  const files = steering.filter(({ kind }) => kind === 'byte-code').map(({ file }) => file);
  const { outcome } = findings.verdict;
  if (files.length === 0 || (outcome !== 'consistent' && outcome !== 'not-reached')) return findings;
  const detail = files.slice(0, 3).join(', ');
  return { ...findings, verdict: { outcome: 'unverifiable', reason: 'unreadable-code', detail } };
}
