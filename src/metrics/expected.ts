import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ExpectedCount } from '../model/run-metrics.js';
import type { PairRecord } from '../model/verdict.js';
import { BOOTSTRAP_SEED, percentileInterval, RESAMPLES } from './bootstrap.js';
import { featuresOf } from './score-features.js';
import { certainScore, likelihood, scoreOf } from './score.js';
import { SCORE_RESAMPLES } from './score-resamples.js';

/** Patches that do the same to the tree of an instance: all of them are right, or all are wrong. */
interface Group {
  readonly patches: number;
  /** How likely they are incorrect by each of `SCORE_RESAMPLES`. */
  readonly likelihoods: readonly number[];
}

/**
 * How many of the patches are incorrect: the sum of their scores. The interval has both kinds of uncertainty in it. The
 * weights are estimates, so each draw takes them from another resample of the labelled instances; and a score is a
 * likelihood, so each draw decides for every patch anew (the number is Poisson-binomial where the scores are given).
 */
export function expectedIncorrect(records: readonly PairRecord[]): ExpectedCount {
  const scores = records.flatMap((record) => scoreOf(record) ?? []);
  const expected = Math.round(scores.reduce((sum, score) => sum + score, 0) * 1000) / 1000;
  return { of: scores.length, expected, interval: intervalOf(records) };
}

function intervalOf(records: readonly PairRecord[]): ExpectedCount['interval'] {
  const groups = groupsOf(records.filter((record) => scoreOf(record) !== null));
  if (groups.length === 0) return null;
  const generator = xoroshiro128plus(BOOTSTRAP_SEED);
  const counts = new Int32Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw++) {
    let count = 0;
    for (const { patches, likelihoods } of groups) {
      if (uniformFloat64(generator) < (likelihoods[draw % likelihoods.length] ?? 0)) count += patches;
    }
    counts[draw] = count;
  }
  return percentileInterval(counts);
}

function groupsOf(records: readonly PairRecord[]): Group[] {
  const groups = new Map<string, PairRecord[]>();
  for (const record of records) {
    const { candidateEffect, candidatePatch } = record.hashes;
    const key = JSON.stringify([record.instanceId, candidateEffect ?? candidatePatch]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ patches: others.length + 1, likelihoods: likelihoodsOf(first) }] : [],
  );
}

function likelihoodsOf(record: PairRecord): number[] {
  const certain = certainScore(record);
  if (certain !== null) return [certain];
  const features = featuresOf(record);
  return SCORE_RESAMPLES.map((weights) => likelihood(features, weights));
}
