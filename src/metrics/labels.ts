import { LABELS, type Label, type LabelName } from '../model/label.js';
import type { PairName } from '../model/pair-name.js';
import type { PairRecord } from '../model/verdict.js';

/** A pair's id in the metrics over all submissions. */
export const idOfPair = ({ model, instanceId }: PairName): string => `${model}/${instanceId}`;

/** The labels that hold for the patches of the run, and the number of stale ones, given to other patches. */
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

/** The label that all reviewers of a pair gave, or `disputed`; by the id of the pair. */
export function consensus(labels: readonly Label[]): Map<string, LabelName | 'disputed'> {
  const agreed = new Map<string, LabelName | 'disputed'>();
  for (const one of labels) {
    const known = agreed.get(idOfPair(one));
    agreed.set(idOfPair(one), known === undefined || known === one.label ? one.label : 'disputed');
  }
  return agreed;
}

/** Whether a label keeps a pair among the resolved or removes it; null leaves that to the evidence. */
export const DECISIONS: Readonly<Record<LabelName | 'disputed', 'keep' | 'remove' | null>> = {
  correct: 'keep',
  'benchmark-fault': 'keep',
  incorrect: 'remove',
  unclear: null,
  disputed: null,
};

/** An object with a value for every label. */
export const perLabel = <T>(value: (label: LabelName) => T): Record<LabelName, T> =>
  Object.fromEntries(LABELS.map((label) => [label, value(label)])) as Record<LabelName, T>;
