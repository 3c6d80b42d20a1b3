import { GRADES, type Grade } from '../model/divergence.js';
import type { PairRecord } from '../model/verdict.js';

/**
 * Grades that count as strong evidence: up to and including a different value through the public API. The weaker
 * grades are differences in speed, in text, in rounding, in the type of an exception or in private state, and those in which gold is
 * the suspect.
 */
export const STRONG_GRADES: readonly Grade[] = GRADES.slice(0, GRADES.indexOf('different-value') + 1);

/** The strongest grade of a pair's evidence, failed tests included; null when nothing differs. */
export function strongestGrade({
  forgedTests,
  benchmarkFailures,
  developerFailures,
  divergences,
}: PairRecord): Grade | null {
  const found = new Set<Grade>(divergences.map(({ grade }) => grade));
  if (forgedTests !== null) found.add('forged-tests');
  if (benchmarkFailures.length > 0) found.add('fails-benchmark-tests');
  if (developerFailures.length > 0) found.add('fails-developer-tests');
  return GRADES.find((grade) => found.has(grade)) ?? null;
}

/** Whether a patch fails the benchmark's own tests when they are rerun here. */
export const failsOwnTests = ({ plausible, benchmarkFailures }: PairRecord): boolean =>
  plausible === false || benchmarkFailures.length > 0;

/** Whether a pair has strong evidence against the candidate. */
export function hasStrongEvidence(record: PairRecord): boolean {
  const grade = strongestGrade(record);
  return grade !== null && STRONG_GRADES.includes(grade);
}

/**
 * The evidence of a divergent pair in one word: `strong`, or `weak only` where the pair differs, but only in ways that
 * may not matter. Null for all other pairs.
 */
export function evidenceWord(record: PairRecord): 'strong' | 'weak only' | null {
  if (record.verdict.outcome !== 'divergent') return null;
  return hasStrongEvidence(record) ? 'strong' : 'weak only';
}

/** Whether the comparison of a pair came to a conclusion. */
export const isJudged = ({ verdict }: PairRecord): boolean =>
  verdict.outcome === 'consistent' || verdict.outcome === 'divergent';
