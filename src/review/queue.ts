import { strongestGrade } from '../metrics/evidence.js';
import { idOfPair } from '../metrics/labels.js';
import { GRADES } from '../model/divergence.js';
import type { Sample } from '../model/label.js';
import type { PairRecord } from '../model/verdict.js';

/** The pairs to review, strongest evidence first: those that diverge, or those of a sample. */
export function reviewQueue(records: readonly PairRecord[], sample: Sample | null): string[] {
  const chosen = sample && new Set(sample.pairs.map(idOfPair));
  const rank = (record: PairRecord) => {
    const grade = strongestGrade(record);
    return grade === null ? GRADES.length : GRADES.indexOf(grade);
  };
  return records
    .filter((record) => (chosen ? chosen.has(idOfPair(record)) : record.verdict.outcome === 'divergent'))
    .map((record) => ({ id: idOfPair(record), rank: rank(record) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
