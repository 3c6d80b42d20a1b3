import type { InputCounts } from '../../src/model/verdict.js';
import type { RunReport } from '../../src/model/report.js';

/**
 * A report without times, and without what says who ran which part of it. An input that comes close to its time limit is
 * the same on an idle machine and unknown on a busy one, so those two are counted as one.
 */
export function timeless(report: RunReport): string {
  const { id, startedAt, finishedAt, shard, instances, engine, ...run } = report.run;
  const hidden = new Set(['seconds', 'submitted']);
  return JSON.stringify(
    { ...report, run },
    (key, value: unknown) => {
      if (hidden.has(key)) return null;
      return key === 'inputs' && value !== null ? withoutTimeouts(value as InputCounts) : value;
    },
    1,
  );
}

function withoutTimeouts({ same, unknown, ...inputs }: InputCounts): object {
  return { ...inputs, sameOrUnknown: same + unknown };
}
