import type { Scored } from './quality.js';
import { joinTruth, type Join, type Joined } from './join.js';
import { readTruth } from './labels.js';
import { readTruthRun } from './runs.js';
import type { TruthArguments } from './arguments.js';

/** Reads runs and labels, and brings them together. @throws Error where something cannot be read */
export async function readJoin({ runs, labels }: Pick<TruthArguments, 'runs' | 'labels'>): Promise<Join> {
  const [read, given] = await Promise.all([
    Promise.all(runs.map(readTruthRun)),
    Promise.all(labels.map(readTruth)),
  ]);
  return joinTruth(given.flat(), read);
}

/** The scores that the records have, with the truth; those not judged have none. */
export const scoredOf = (joined: readonly Joined[]): Scored[] =>
  joined.flatMap(({ label, record }) =>
    record.score === null ? [] : [{ instance: label.instanceId, label: label.label, score: record.score }],
  );
