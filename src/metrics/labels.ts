import { LABELS, type Label, type LabelName } from '../model/label.js';
import type { PairName } from '../model/pair-name.js';
import type { PairRecord } from '../model/verdict.js';

/** A pair's id in the metrics over all submissions. */
export const idOfPair = ({ model, instanceId }: PairName): string => `${model}/${instanceId}`;

/** Labels sorted into those that hold for the patches of the run and the others. */
export function currentLabels(
  labels: readonly Label[],
  records: readonly PairRecord[],
): { readonly current: Label[]; readonly stale: number } {
  const hashes = new Map(records.map((record) => [idOfPair(record), record.hashes]));
  const current = labels.filter((label) => {
    const own = hashes.get(idOfPair(label));
    return own?.candidatePatch === label.candidatePatch && own.goldPatch === label.goldPatch;
  });
  return { current, stale: labels.length - current.length };
}

/** What a pair's reviewers say together: their label, or `disputed`. */
export function consensus(labels: readonly Label[]): Map<string, LabelName | 'disputed'> {
  const agreed = new Map<string, LabelName | 'disputed'>();
  for (const one of labels) {
    const known = agreed.get(idOfPair(one));
    agreed.set(idOfPair(one), known === undefined || known === one.label ? one.label : 'disputed');
  }
  return agreed;
}

/** What a label does to a resolved pair: `unclear` leaves that to the evidence. */
export const DECISIONS: Readonly<Record<LabelName | 'disputed', 'keep' | 'remove' | null>> = {
  correct: 'keep',
  'benchmark-fault': 'keep',
  incorrect: 'remove',
  unclear: null,
  disputed: null,
};

/** Something for every label. */
export const perLabel = <T>(value: (label: LabelName) => T): Record<LabelName, T> =>
  Object.fromEntries(LABELS.map((label) => [label, value(label)])) as Record<LabelName, T>;
