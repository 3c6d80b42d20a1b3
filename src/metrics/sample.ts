import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { LabelName, Sample } from '../model/label.js';
import type { SampleEstimate } from '../model/review-metrics.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { Interval } from './interval.js';
import { idOfPair } from './labels.js';
import { rateOf } from './rate.js';
import { wilsonInterval } from './wilson.js';

/** What a sample is drawn from: pairs counted as resolved that pass all tests here, and diverge; sorted ids. */
export function samplePopulation({ resolved, outcomes }: SubmissionMetrics): string[] {
  const divergent = new Set(outcomes.divergent);
  return resolved.afterDeveloperTests.ids.filter((id) => divergent.has(id)).sort();
}

/** `size` of the ids, each subset of that size equally likely (a partial Fisher-Yates shuffle); sorted. */
export function drawSample(ids: readonly string[], size: number, seed: number): string[] {
  const generator = xoroshiro128plus(seed);
  const pool = [...ids].sort();
  for (let index = 0; index < Math.min(size, pool.length); index++) {
    const other = uniformInt(generator, index, pool.length - 1);
    [pool[index], pool[other]] = [pool[other] as string, pool[index] as string];
  }
  return pool.slice(0, size).sort();
}

/**
 * Projects the share of incorrect pairs in a fully labelled sample onto all pairs that it was drawn from. An
 * unclear or disputed pair is not counted as incorrect.
 */
export function sampleEstimate(
  sample: Sample,
  labels: ReadonlyMap<string, LabelName | 'disputed'>,
  overall: SubmissionMetrics,
): SampleEstimate {
  const ids = sample.pairs.map(idOfPair);
  const labelled = ids.filter((id) => labels.has(id)).length;
  const facts = { size: ids.length, population: sample.population, labelled };
  const { reported, afterDeveloperTests } = overall.resolved;
  if (labelled < ids.length || ids.length === 0 || reported.rate === null)
    return { ...facts, estimate: null };
  const plain = rateOf(ids.filter((id) => labels.get(id) === 'incorrect').sort(), ids.length);
  const interval = finiteInterval(plain.count, ids.length, sample.population);
  const wrong = (share: number) => share * sample.population;
  const rate = (share: number) => (afterDeveloperTests.count - wrong(share)) / reported.of;
  const share = plain.count / plain.of;
  return {
    ...facts,
    estimate: {
      incorrect: { ...plain, interval },
      wrong: { count: wrong(share), low: wrong(interval.low), high: wrong(interval.high) },
      resolved: { rate: rate(share), low: rate(interval.high), high: rate(interval.low) },
      inflation: (reported.rate - rate(share)) * 100,
    },
  };
}

/**
 * The Wilson interval for a sample without replacement: with the effective size n(N-1)/(N-n), by which the finite
 * population correction (W. G. Cochran, "Sampling Techniques", 3rd edition 1977, section 3.2) enlarges n. For a
 * sample of the whole population the interval is the share itself.
 */
export function finiteInterval(count: number, size: number, population: number): Interval {
  const share = count / size;
  const exact = { low: share, high: share };
  if (size >= population) return exact;
  const effective = (size * (population - 1)) / (population - size);
  return wilsonInterval(share * effective, effective) ?? exact;
}
