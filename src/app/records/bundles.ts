import type { ReplayBundle } from '../../model/replay.js';
import type { PairRecord } from '../../model/verdict.js';
import { pairKey } from '../../report/run-report.js';
import type { RunFolder } from '../../runs/run-folder.js';

/** What was stored with each record: the patches, and where they were read from. */
export async function bundles(folder: RunFolder): Promise<(record: PairRecord) => ReplayBundle | null> {
  const stored = new Map((await folder.readRecords()).map(({ record, replay }) => [pairKey(record), replay]));
  return (record) => stored.get(pairKey(record)) ?? null;
}
