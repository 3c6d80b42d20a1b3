import { describe, expect, it } from 'vitest';
import { expectedIncorrect } from '../../../src/metrics/expected.js';
import {
  decisiveDivergence,
  FEATURE_NAMES,
  FEATURES,
  featuresOf,
} from '../../../src/metrics/score-features.js';
import { SCORE_RESAMPLES } from '../../../src/metrics/score-resamples.js';
import { likelihood, scoreOf, withScore } from '../../../src/metrics/score.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { aDivergence, anInput, answered, aRecord, int, raised } from '../../helpers/builders.js';

const failure = { id: 't', file: 't.py', gold: 'passed', candidate: 'failed' } as const;
const divergent = (...divergences: PairRecord['divergences']) =>
  aRecord({ verdict: { outcome: 'divergent' }, divergences });
const strong = divergent(
  aDivergence({ test: { source: '', verified: true }, input: anInput('f(1)', { seedOrigin: 'issue' }) }),
);
const valueOf = (name: keyof typeof FEATURES, record: PairRecord) => FEATURES[name].of(record);

describe(scoreOf, () => {
  it('is certain where nothing is to be estimated', () => {
    const identical = aRecord({ verdict: { outcome: 'consistent', identical: true } });
    expect(scoreOf(identical)).toBe(0);
    expect(scoreOf(aRecord({ ...strong, plausible: false, benchmarkFailures: [failure] }))).toBe(1);
    expect(scoreOf(divergent(aDivergence({ grade: 'forged-tests' })))).toBe(1);
  });

  it('is null for what was not judged', () => {
    expect(scoreOf(aRecord({ verdict: { outcome: 'not-reached' } }))).toBeNull();
    expect(scoreOf(aRecord({ verdict: { outcome: 'empty' }, plausible: null }))).toBeNull();
  });

  it('is higher for strong evidence than for weak, and for weak no lower than for none by much', () => {
    const weak = divergent(aDivergence({ grade: 'different-text' }));
    expect(scoreOf(strong)).toBeGreaterThan(scoreOf(weak)!);
    expect(scoreOf(strong)).toBeGreaterThan(0.5);
    expect(scoreOf(aRecord())).toBeLessThan(0.5);
  });

  it('replaces the score that a record had', () => {
    expect(withScore({ ...aRecord(), score: 1 }).score).toBe(scoreOf(aRecord()));
  });

  it('has a weight for every feature in every resample', () => {
    expect(SCORE_RESAMPLES.every((weights) => weights.length === FEATURE_NAMES.length + 1)).toBe(true);
  });
});

describe('features', () => {
  it('are all 0 without a divergence', () => {
    expect(featuresOf(aRecord())).toEqual(FEATURE_NAMES.map(() => 0));
  });

  it('are those of the first divergence with the strongest grade', () => {
    const record = divergent(
      aDivergence({ id: 'weak', grade: 'internal' }),
      aDivergence({ id: 'first', grade: 'unintended-error', class: 'missing' }),
      aDivergence({ id: 'second', grade: 'unintended-error' }),
    );
    expect(decisiveDivergence(record)?.id).toBe('first');
    expect(
      ['strong', 'error', 'unfixed', 'regression', 'weak'].map((name) => valueOf(name as 'weak', record)),
    ).toEqual([1, 1, 1, 0, 0]);
  });

  it('tell by the answers whether the candidate accepts what gold refuses', () => {
    const observations = { base: answered(int(1)), gold: raised('ValueError'), candidate: answered(int(1)) };
    expect(valueOf('accepts', divergent(aDivergence({ observations })))).toBe(1);
    expect(valueOf('accepts', strong)).toBe(0);
  });

  it('take domain, scope and share from the record', () => {
    const input = anInput('f(1)', { domain: 'contrived' });
    const scope = { kind: 'regression', issue: 'in-issue', why: '' } as const;
    const record = {
      ...divergent(aDivergence({ input, scope })),
      differs: { reached: 8, different: 2, regression: 2, unfixed: 0, otherFix: 0 },
      inputs: { ...aRecord().inputs, tried: 100, different: 90 },
    };
    const names = ['observed', 'contrived', 'in-issue', 'share'] as const;
    expect(names.map((name) => valueOf(name, record))).toEqual([0, 1, 1, 0.25]);
    expect(names.map((name) => valueOf(name, strong))).toEqual([1, 0, 1, 0]);
  });
});

describe(likelihood, () => {
  it('is the logistic function', () => {
    expect(likelihood([], [0])).toBe(0.5);
    expect(likelihood([1, 0.5], [-1, 2, 4])).toBeCloseTo(1 / (1 + Math.exp(-3)), 12);
  });
});

describe(expectedIncorrect, () => {
  it('sums the scores, and has an interval around the sum', () => {
    const records = Array.from({ length: 40 }, (_, index) =>
      aRecord({ ...(index % 2 === 0 ? strong : {}), instanceId: `demo-${index}` }),
    );
    const { of, expected, interval } = expectedIncorrect(records);
    expect(of).toBe(40);
    expect(expected).toBeCloseTo(20 * scoreOf(strong)! + 20 * scoreOf(aRecord())!, 2);
    expect(interval!.low).toBeLessThan(expected);
    expect(interval!.high).toBeGreaterThan(expected);
    expect(interval!.high - interval!.low).toBeGreaterThan(4);
  });

  it('has no doubt about what is certain', () => {
    const records = ['a', 'b', 'c'].map((instanceId) =>
      aRecord({
        instanceId,
        plausible: true,
        divergences: [aDivergence({ grade: 'forged-tests' })],
        verdict: { outcome: 'divergent' },
      }),
    );
    expect(expectedIncorrect(records)).toEqual({ of: 3, expected: 3, interval: { low: 3, high: 3 } });
    expect(expectedIncorrect([])).toEqual({ of: 0, expected: 0, interval: null });
  });

  it('takes patches that do the same to be right or wrong together', () => {
    const alike = Array.from({ length: 30 }, (_, index) => aRecord({ ...strong, model: `m${index}` }));
    const apart = alike.map((record, index) => ({ ...record, instanceId: `demo-${index}` }));
    const width = (records: PairRecord[]) => {
      const { interval } = expectedIncorrect(records);
      return interval!.high - interval!.low;
    };
    expect(width(alike)).toBe(30);
    expect(width(apart)).toBeLessThan(30);
  });
});
