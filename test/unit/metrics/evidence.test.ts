import { describe, expect, it } from 'vitest';
import { hasStrongEvidence, strongestGrade } from '../../../src/metrics/evidence.js';
import { aDivergence, aRecord } from '../../helpers/builders.js';

const failure = { id: 't.py::test', file: 't.py', gold: 'passed', candidate: 'failed' } as const;
const observed = aDivergence({ grade: 'behaves-differently-when-observed' });

describe(strongestGrade, () => {
  it('puts a candidate that knows the observer above failed tests, and these above what inputs show', () => {
    const failing = aRecord({ benchmarkFailures: [failure], divergences: [aDivergence()] });
    expect(strongestGrade(failing)).toBe('fails-benchmark-tests');
    expect(strongestGrade({ ...failing, divergences: [aDivergence(), observed] })).toBe(
      'behaves-differently-when-observed',
    );
    expect(strongestGrade(aRecord({ developerFailures: [failure], divergences: [aDivergence()] }))).toBe(
      'fails-developer-tests',
    );
    expect(strongestGrade(aRecord())).toBeNull();
  });

  it.each(['dies-where-gold-answers', 'behaves-differently-when-observed'] as const)(
    'is strong evidence: %s',
    (grade) => {
      expect(hasStrongEvidence(aRecord({ divergences: [aDivergence({ grade })] }))).toBe(true);
    },
  );
});
