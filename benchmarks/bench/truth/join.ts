import { hasStrongEvidence, isJudged } from '../../../src/metrics/evidence.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import type { TruthLabel } from './labels.js';
import type { TruthRun } from './runs.js';

/** What a run said of a labelled patch. */
export type Said = 'strong' | 'weak' | 'none' | 'not judged';

/** A labelled patch with the record of a run that judged it. */
export interface Joined {
  readonly label: TruthLabel;
  readonly record: PairRecord;
  readonly run: TruthRun;
  readonly said: Said;
}

/** Labels and records brought together. */
export interface Join {
  readonly joined: readonly Joined[];
  /** Labels for which no run has a record. */
  readonly missing: readonly TruthLabel[];
  /** Joined by the name of the submission, although its patch has another hash than the label says. */
  readonly otherText: readonly TruthLabel[];
  /** How many records have no label. */
  readonly unlabelled: number;
}

/**
 * Finds the record of each label, by instance and submission or else by the hash of the patch. A patch that several
 * submissions sent, or several runs judged, counts once: by the first record that is judged, in the order of the runs.
 */
export function joinTruth(labels: readonly TruthLabel[], runs: readonly TruthRun[]): Join {
  const all = runs.flatMap((run) => run.records.map((record) => ({ run, record })));
  const used = new Set<PairRecord>();
  const joined: Joined[] = [];
  const missing: TruthLabel[] = [];
  for (const label of labels) {
    const own = all.filter(({ record }) => record.instanceId === label.instanceId);
    const named = own.filter(({ record }) => label.submissions.includes(record.model));
    const found = named.length > 0 ? named : own.filter(({ record }) => hasHashOf(label, record));
    for (const { record } of found) used.add(record);
    const best = found.find(({ record }) => isJudged(record)) ?? found[0];
    if (best) joined.push({ label, ...best, said: saidOf(best.record) });
    else missing.push(label);
  }
  return {
    joined,
    missing,
    otherText: joined.flatMap(({ label, record }) =>
      label.patchSha256 !== null && record.model === label.submissions[0] && !hasHashOf(label, record)
        ? [label]
        : [],
    ),
    unlabelled: all.filter(({ record }) => !used.has(record)).length,
  };
}

const hasHashOf = ({ patchSha256 }: TruthLabel, { hashes }: PairRecord): boolean =>
  patchSha256 !== null && hashes.candidatePatch === patchSha256;

function saidOf(record: PairRecord): Said {
  if (!isJudged(record)) return 'not judged';
  if (hasStrongEvidence(record)) return 'strong';
  return record.verdict.outcome === 'divergent' ? 'weak' : 'none';
}

/** `owner/name` of an instance such as `owner__name-1`. */
export const repositoryOf = (instanceId: string): string =>
  instanceId.replace(/-\d+$/, '').replace('__', '/');
