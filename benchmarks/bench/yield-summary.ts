import type { RunReport } from '../../src/model/report.js';
import type { PairRecord } from '../../src/model/verdict.js';
import { median, ratio, sum } from './numbers.js';

/** What one generator found. */
export interface GeneratorYield {
  readonly generator: string;
  readonly inputs: number;
  /** Pairs that it has a confirmed divergence in. */
  readonly pairs: number;
  /** Those of them in which no other generator and no developer test has one. */
  readonly alone: number;
  readonly divergences: number;
  /** Median over these pairs of the seconds until it first showed a difference. */
  readonly firstSeconds: number | null;
}

/** What a run found and how fast. Records that repeat another pair's are left out. */
export interface YieldSummary {
  readonly pairs: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Instance and model of the pairs that could not be judged, by reason. */
  readonly unverifiable: Readonly<Record<string, readonly string[]>>;
  readonly generators: readonly GeneratorYield[];
  readonly together: {
    readonly inputs: number;
    readonly pairs: number;
    readonly divergences: number;
    readonly firstSeconds: number | null;
    readonly slowestFirstSeconds: number | null;
  };
  /** Divergent pairs in which the candidate fails tests that gold passes. */
  readonly failingTests: { readonly benchmark: number; readonly developer: number };
  /** Inputs over the seconds of observing them, over all pairs and as the median of the pairs. */
  readonly inputsPerSecond: { readonly all: number | null; readonly median: number | null };
  /** Observations a second on one core: every input is observed on two sides at once. */
  readonly observationsPerSecondPerCore: number | null;
  readonly flakyInputs: number;
  readonly unknownInputs: number;
}

/** Sums up the records of a run with `workers` workers on `cores` cores. */
export function summarizeYield({ records }: RunReport, workers: number, cores: number): YieldSummary {
  const own = records.filter(({ reusedFrom }) => reusedFrom === null);
  const observed = own.filter(({ inputs }) => inputs.tried > 0);
  const tried = sum(observed.map(({ inputs }) => inputs.tried));
  const all = ratio(tried, sum(observed.map(({ seconds }) => seconds.observe)));
  const speeds = observed.flatMap(({ inputs, seconds }) => ratio(inputs.tried, seconds.observe) ?? []);
  const firsts = own.flatMap((record) => firstOf(record) ?? []);
  const divergent = own.filter(({ verdict }) => verdict.outcome === 'divergent');
  const generators = [...new Set(own.flatMap(({ generated }) => Object.keys(generated)))].sort();
  return {
    pairs: own.length,
    outcomes: counted(own.map(({ verdict }) => verdict.outcome)),
    unverifiable: reasons(own),
    generators: generators.map((generator) => yieldOf(generator, own)),
    together: {
      inputs: tried,
      pairs: divergent.length,
      divergences: sum(own.map(({ divergences }) => divergences.length)),
      firstSeconds: median(firsts),
      slowestFirstSeconds: firsts.length === 0 ? null : Math.max(...firsts),
    },
    failingTests: {
      benchmark: divergent.filter(({ benchmarkFailures }) => benchmarkFailures.length > 0).length,
      developer: divergent.filter(({ developerFailures }) => developerFailures.length > 0).length,
    },
    inputsPerSecond: { all, median: median(speeds) },
    observationsPerSecondPerCore: ratio(all === null ? null : 2 * all, Math.min(2, cores / workers)),
    flakyInputs: sum(own.map(({ inputs }) => inputs.flaky)),
    unknownInputs: sum(own.map(({ inputs }) => inputs.unknown)),
  };
}

function yieldOf(generator: string, records: readonly PairRecord[]): GeneratorYield {
  const isOwn = ({ input }: PairRecord['divergences'][number]) => input.generator === generator;
  const found = records.filter(({ divergences }) => divergences.some(isOwn));
  return {
    generator,
    inputs: sum(records.map(({ generated }) => generated[generator] ?? 0)),
    pairs: found.length,
    alone: found.filter(
      ({ divergences, developerFailures }) => divergences.every(isOwn) && developerFailures.length === 0,
    ).length,
    divergences: sum(found.map(({ divergences }) => divergences.filter(isOwn).length)),
    firstSeconds: median(found.flatMap(({ seconds }) => seconds.firstDifference[generator] ?? [])),
  };
}

/** Until any generator showed a difference, of a pair in which one was confirmed. */
function firstOf({ divergences, seconds }: PairRecord): number | null {
  const firsts = Object.values(seconds.firstDifference);
  return divergences.length === 0 || firsts.length === 0 ? null : Math.min(...firsts);
}

function reasons(records: readonly PairRecord[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { verdict, instanceId, model } of records)
    if (verdict.outcome === 'unverifiable') (found[verdict.reason] ??= []).push(`${instanceId} ${model}`);
  return found;
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
