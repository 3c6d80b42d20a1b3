import { expect, it } from 'vitest';
import { completeRunOptions } from '../../../../src/app/options/run-options.js';
import { auditOptions } from '../../../../src/app/options/shared-options.js';
import { DEFAULT_OPTIONS } from '../../../../src/model/options.js';

const searchOf = (options: object) => auditOptions(completeRunOptions({ dataset: 'lite', ...options }));

it('searches as is the default where nothing is said', () => {
  expect(searchOf({})).toEqual(DEFAULT_OPTIONS);
});

it.each([
  ['two thirds of the budget', { budget: 30 }, 20],
  ['a third of it for related tests', { budget: 30, suite: 'related' }, 10],
  ['as long as a test run for all tests', { timeout: 700, suite: 'full' }, 700],
  ['as long as is said', { budget: 30, suiteSeconds: 5 }, 5],
])('gives developer tests %s', (_share, options, seconds) => {
  expect(searchOf(options).suiteSeconds).toBe(seconds);
});
