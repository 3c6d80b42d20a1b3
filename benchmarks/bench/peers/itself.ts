import type { RunReport } from '../../../src/model/report.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { refused, type Answer } from './outcome.js';

/** What patchdiff said of a pair, as one of the tools, and what it cost as if no other pair had its instance. */
export function patchdiffAnswer({ records }: RunReport, pair: string): Answer & { readonly seconds: number } {
  const record = records.find(({ instanceId, model }) => `${instanceId} ${model}` === pair);
  if (record === undefined) return { ...refused('no record'), seconds: 0 };
  return { ...answerOf(record), seconds: record.seconds.instance + record.seconds.total };
}

function answerOf({ verdict, divergences }: PairRecord): Answer {
  if (verdict.outcome === 'divergent') return { kind: 'different', detail: divergences[0]?.grade ?? 'tests' };
  if (verdict.outcome === 'consistent') return { kind: 'same', detail: '' };
  return refused(verdict.outcome === 'unverifiable' ? verdict.reason : verdict.outcome);
}
