import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../../src/metrics/metrics.js';
import { drawSample, finiteInterval, samplePopulation } from '../../../src/metrics/sample.js';
import type { Sample } from '../../../src/model/label.js';
import { aDivergence, aLabel, aRecord } from '../../helpers/builders.js';

const failure = { id: 't', file: 't.py', gold: 'passed', candidate: 'failed' } as const;
const divergent = (instanceId: string, grade: 'different-value' | 'different-text' = 'different-value') =>
  aRecord({ instanceId, verdict: { outcome: 'divergent' }, divergences: [aDivergence({ grade })] });
const records = [
  divergent('good'),
  divergent('bad', 'different-text'),
  divergent('fault'),
  divergent('unsure'),
  divergent('argued', 'different-text'),
  divergent('open'),
  { ...divergent('tests'), developerFailures: [failure] },
  aRecord({ instanceId: 'same' }),
];
const ids = records.map(({ instanceId }) => instanceId);
const facts = [{ model: 'm', submitted: ids, reported: { ids, source: 'r.json' } }];
const labels = [
  aLabel('good', 'correct'),
  aLabel('bad', 'incorrect'),
  aLabel('fault', 'benchmark-fault'),
  aLabel('unsure', 'unclear'),
  aLabel('argued', 'correct'),
  aLabel('argued', 'incorrect', { reviewer: 'ben' }),
  aLabel('good', 'correct', { reviewer: 'ben' }),
  aLabel('same', 'incorrect', { candidatePatch: 'another' }),
];
const metrics = (sample: Sample | null = null, given = labels) =>
  computeMetrics(records, facts, [...ids, 'skipped', 'other'], { labels: given, sample });

describe('labels', () => {
  const { review, study } = metrics();

  it('decide where they are clear, and leave the rest to the evidence', () => {
    const [own] = review!.submissions;
    expect(own!.withLabels).toMatchObject({ ids: ['argued', 'fault', 'good', 'same'], of: 10 });
    expect(own!.decided).toEqual(['bad', 'fault', 'good']);
    expect(own!.disputed).toEqual(['argued']);
    expect(own!.labels).toEqual({
      correct: ['good'],
      incorrect: ['bad'],
      unclear: ['unsure'],
      'benchmark-fault': ['fault'],
    });
    expect(own!.inflation).toBeCloseTo(40);
    expect(review!.overall.withLabels.ids).toEqual(['m/argued', 'm/fault', 'm/good', 'm/same']);
  });

  it('count for the patches they were given for only', () => {
    expect(review!.stale).toBe(1);
    expect(review!.reviewers).toEqual([
      { name: 'ada', labels: 5 },
      { name: 'ben', labels: 2 },
    ]);
  });

  it('of two reviewers give their agreement', () => {
    // One of two alike; chance: correct 1 * 1/2.
    expect(review!.agreement).toEqual([
      { reviewers: ['ada', 'ben'], both: 2, observed: 0.5, kappa: 0, differ: ['m/argued'] },
    ]);
  });

  it('are what the study calls certainly incorrect', () => {
    expect(study.find(({ figure }) => figure === 'certainly-incorrect')?.here).toMatchObject({
      ids: ['m/bad'],
      of: 5,
    });
    expect(study.find(({ figure }) => figure === 'inflation')?.here).toBeCloseTo(40);
  });

  it('are not there when nobody gave any', () => {
    const { review: none, study: table } = metrics(null, []);
    expect(none).toBeNull();
    expect(table.find(({ figure }) => figure === 'certainly-incorrect')?.here).toBeNull();
    // Strong evidence takes away good, fault, unsure, open and tests.
    expect(table.find(({ figure }) => figure === 'inflation')?.here).toBeCloseTo(50);
  });
});

describe('a sample', () => {
  const { overall } = metrics(null, []);
  const population = samplePopulation(overall);
  const sampleOf = (...chosen: string[]): Sample => ({
    seed: 0,
    population: population.length,
    pairs: chosen.map((instanceId) => ({ model: 'm', instanceId })),
  });

  it('is drawn from resolved pairs that pass all tests, and diverge', () => {
    expect(population).toEqual(['m/argued', 'm/bad', 'm/fault', 'm/good', 'm/open', 'm/unsure']);
  });

  it('is projected on all of them when every pair has a label', () => {
    const { sample } = metrics(sampleOf('bad', 'good', 'fault')).review!;
    // A third of 6 is 2; 7 of 10 pass all tests.
    expect(sample).toMatchObject({ size: 3, population: 6, labelled: 3 });
    expect(sample!.estimate).toMatchObject({
      incorrect: { count: 1, of: 3, ids: ['m/bad'] },
      wrong: { count: 2 },
    });
    expect(sample!.estimate!.resolved.rate).toBeCloseTo(0.5);
    expect(sample!.estimate!.inflation).toBeCloseTo(30);
    expect(sample!.estimate!.resolved.low).toBeLessThan(0.5);
    expect(sample!.estimate!.resolved.high).toBeGreaterThan(0.5);
  });

  it('says nothing before that', () => {
    expect(metrics(sampleOf('bad', 'open')).review!.sample).toMatchObject({ labelled: 1, estimate: null });
  });

  it('is drawn with equal chances, and again the same', () => {
    const times: Record<string, number> = {};
    for (let seed = 0; seed < 3000; seed++)
      for (const id of drawSample(population, 2, seed)) times[id] = (times[id] ?? 0) + 1;
    // 1000 each expected; standard deviation 26.
    for (const id of population) expect(Math.abs(times[id]! - 1000)).toBeLessThan(110);
    expect(drawSample(population, 4, 7)).toEqual(drawSample([...population].reverse(), 4, 7));
    expect(new Set(drawSample(population, 6, 7)).size).toBe(6);
  });

  it('is surer the more of the population it is', () => {
    const width = (of: number) => {
      const { low, high } = finiteInterval(20, 100, of);
      return high - low;
    };
    expect(width(100)).toBe(0);
    expect(width(120)).toBeLessThan(width(1000));
    // A hundredth of the population: nearly the plain interval, 13.3% to 28.9%.
    expect(width(1e9)).toBeCloseTo(0.1555, 3);
  });
});
