import { describe, expect, it } from 'vitest';
import { computeRates as sut } from '../../../src/metrics/rates.js';
import type { Grade } from '../../../src/model/divergence.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { aDivergence, aRecord } from '../../helpers/builders.js';

const failure = { id: 't', file: 'test_f.py', gold: 'passed', candidate: 'failed' } as const;
const divergent = (instanceId: string, ...grades: Grade[]) =>
  aRecord({
    instanceId,
    verdict: { outcome: 'divergent' },
    divergences: grades.map((grade) =>
      aDivergence({ grade, class: grade === 'internal' ? 'missing' : 'extra' }),
    ),
  });

const records: readonly PairRecord[] = [
  aRecord({ instanceId: 'same' }),
  { ...divergent('own'), plausible: false, benchmarkFailures: [failure] },
  { ...divergent('dev'), developerFailures: [failure] },
  divergent('strong', 'internal', 'different-value'),
  divergent('weak', 'different-text'),
  divergent('suspect', 'gold-suspect', 'internal'),
  aRecord({
    instanceId: 'unsure',
    plausible: null,
    verdict: { outcome: 'unverifiable', reason: 'gold-flaky', detail: '' },
    seconds: { total: 40, tests: 0, observe: 0, confirm: 0, instance: 0, bare: 0, firstDifference: {} },
  }),
  aRecord({
    instanceId: 'nothing',
    plausible: null,
    verdict: { outcome: 'empty' },
    seconds: { total: 0, tests: 0, observe: 0, confirm: 0, instance: 0, bare: 0, firstDifference: {} },
  }),
];
const submitted = records.map(({ instanceId }) => instanceId);
const instances = [...submitted, 'skipped', 'alone'];
const reported = {
  ids: ['same', 'own', 'dev', 'strong', 'weak', 'suspect', 'unsure', 'elsewhere'],
  source: 'r.json',
};
const facts = { model: 'm', submitted: [...submitted, 'alone'], reported };

describe('one submission', () => {
  const { submissions, strongGrades } = sut(records, [facts], instances);
  const metrics = submissions[0]!;

  it('takes away by one kind of evidence after the other, always of all instances', () => {
    const { resolved } = metrics;
    expect(resolved.reported).toMatchObject({ count: 7, of: 10, rate: 0.7 });
    expect(resolved.reported.interval?.low).toBeCloseTo(0.3968, 4);
    expect(resolved.afterOwnTests.ids).toEqual(['dev', 'same', 'strong', 'suspect', 'unsure', 'weak']);
    expect(resolved.afterDeveloperTests.ids).toEqual(['same', 'strong', 'suspect', 'unsure', 'weak']);
    expect(resolved.afterStrongEvidence.ids).toEqual(['same', 'suspect', 'unsure', 'weak']);
    expect(resolved.afterAnyDivergence.ids).toEqual(['same', 'unsure']);
    expect(resolved.unjudged).toEqual(['unsure']);
    expect(resolved.inflation.strong).toBeCloseTo(30);
    expect(resolved.inflation.any).toBeCloseTo(50);
    expect(resolved.source).toBe('r.json');
    expect(strongGrades.at(-1)).toBe('different-value');
  });

  it('counts every prediction once', () => {
    expect(metrics.submitted).toBe(9);
    expect(metrics.outcomes.divergent).toEqual(['dev', 'own', 'strong', 'suspect', 'weak']);
    expect(metrics.outcomes.empty).toEqual(['nothing']);
    expect(metrics.pending).toEqual(['alone']);
    expect(metrics.incomplete).toEqual(['skipped']);
    expect(metrics.unverifiable).toEqual({ 'gold-flaky': ['unsure'] });
  });

  it('measures divergence among plausible patches that were judged', () => {
    expect(metrics.divergentPlausible).toMatchObject({ count: 4, of: 5 });
    expect(metrics.divergentPlausible.ids).not.toContain('own');
  });

  it('shares by the strongest divergence of each pair', () => {
    expect(metrics.grades).toMatchObject({
      'fails-benchmark-tests': { ids: ['own'], of: 5 },
      'fails-developer-tests': { ids: ['dev'] },
      'different-value': { ids: ['strong'] },
      'gold-suspect': { ids: ['suspect'] },
      'different-text': { ids: ['weak'] },
    });
    expect(metrics.classes.extra?.ids).toEqual(['strong', 'suspect', 'weak']);
    expect(metrics.goldSuspect).toEqual(['suspect']);
  });

  it('states the seconds of pairs that were computed', () => {
    expect(metrics.seconds).toEqual({ pairs: 7, median: 10, total: 100 });
  });
});

it('measures what nobody reported', () => {
  const { submissions } = sut(records, [{ ...facts, reported: null }], instances);
  expect(submissions[0]?.resolved.source).toBe('measured');
  expect(submissions[0]?.resolved.reported.ids).toEqual(['dev', 'same', 'strong', 'suspect', 'weak']);
});

it('adds submissions up pair by pair', () => {
  const other = aRecord({ instanceId: 'same', model: 'n' });
  const { overall } = sut(
    [...records, other],
    [facts, { model: 'n', submitted: ['same'], reported: { ids: ['same'], source: 'n.json' } }],
    instances,
  );
  expect(overall.instances).toBe(20);
  expect(overall.submitted).toBe(10);
  expect(overall.resolved.reported).toMatchObject({ count: 8, of: 20 });
  expect(overall.outcomes.consistent).toEqual(['m/same', 'n/same']);
});

it('refuses counts that do not add up', () => {
  expect(() => sut([...records, records[0]!], [facts], instances)).toThrow(/submitted/);
  expect(() => sut(records, [{ ...facts, submitted: ['same'] }], instances)).toThrow(/submitted/);
  expect(() => sut([aRecord({ model: 'unknown' })], [facts], instances)).toThrow(/no submission/);
});

it('has no rates without instances', () => {
  expect(sut([], [], []).overall.resolved.reported).toMatchObject({ rate: null, interval: null });
});
