import { expect, it } from 'vitest';
import { reviewQueue as sut } from '../../../src/review/queue.js';
import { aDivergence, aRecord } from '../../helpers/builders.js';

const failure = { id: 't', file: 't.py', gold: 'passed', candidate: 'failed' } as const;
const divergent = (instanceId: string, grade: 'internal' | 'different-value') =>
  aRecord({ instanceId, verdict: { outcome: 'divergent' }, divergences: [aDivergence({ grade })] });
const records = [
  aRecord({ instanceId: 'same' }),
  divergent('weak', 'internal'),
  divergent('b', 'different-value'),
  divergent('a', 'different-value'),
  { ...divergent('tests', 'internal'), developerFailures: [failure] },
];

it('has what diverges, strongest evidence first', () => {
  expect(sut(records, null)).toEqual(['m/tests', 'm/a', 'm/b', 'm/weak']);
});

it('has the pairs of a sample only', () => {
  const pairs = ['weak', 'a'].map((instanceId) => ({ model: 'm', instanceId }));
  expect(sut(records, { seed: 0, population: 4, pairs })).toEqual(['m/a', 'm/weak']);
});
