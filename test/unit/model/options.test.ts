import { expect, it } from 'vitest';
import { allowTime, DEFAULT_OPTIONS } from '../../../src/model/options.js';

it('gives a slow machine more time, and no other search', () => {
  const { budgetSeconds, timeoutSeconds, secondsPerInput, suiteSeconds } = DEFAULT_OPTIONS;
  expect(allowTime(DEFAULT_OPTIONS, 4)).toEqual({
    ...DEFAULT_OPTIONS,
    budgetSeconds: 4 * budgetSeconds,
    timeoutSeconds: 4 * timeoutSeconds,
    secondsPerInput: 4 * secondsPerInput,
    suiteSeconds: 4 * suiteSeconds,
  });
  expect(allowTime(DEFAULT_OPTIONS, 1)).toEqual(DEFAULT_OPTIONS);
});
