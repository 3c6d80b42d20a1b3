import type { PairSeconds } from '../../model/verdict.js';
import type { FirstDifferences } from '../../observe/pair-observer.js';
import type { Budget } from '../../platform/budget.js';

/** The account of a pair's time; the stages are parts of `total`, of which `tests` and `observe` overlap. */
export type PairTime = Budget<'total' | 'tests' | 'observe' | 'confirm' | 'plain'>;

/** Seconds of an instance that all its candidates share. */
interface SharedSeconds {
  /** Opening the instance. */
  readonly opening: number;
  /** One run of the benchmark's tests on gold. */
  readonly benchmark: number;
}

/** Seconds of gold's run of the developer tests: of all of it, and of the files nearest to the change. */
interface SuiteSeconds {
  readonly seconds: number;
  readonly relatedSeconds: number;
}

/** What a pair cost. `suite` is absent where it did not come to the developer tests. */
export function pairSeconds(
  time: PairTime,
  { opening, benchmark }: SharedSeconds,
  differences?: FirstDifferences,
  suite?: SuiteSeconds,
): PairSeconds {
  return {
    total: time.spent,
    tests: time.spentOn('tests'),
    observe: time.spentOn('observe'),
    confirm: time.spentOn('confirm'),
    instance: opening + (suite?.seconds ?? 0),
    ...(time.spentOn('plain') > 0 ? { plain: time.spentOn('plain') } : {}),
    bare: 2 * (benchmark + (suite?.relatedSeconds ?? 0)),
    firstDifference: differences?.seconds ?? {},
  };
}
