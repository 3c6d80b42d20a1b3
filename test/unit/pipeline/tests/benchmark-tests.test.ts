import { describe, expect, it } from 'vitest';
import {
  benchmarkFailures,
  developerFailures,
  unlistedFailures,
  unsatisfied,
  unstable,
} from '../../../../src/pipeline/tests/benchmark-tests.js';
import type { TestStatus } from '../../../../src/model/test-result.js';
import { instanceOf, runOf } from '../../../helpers/test-runs.js';

describe('unsatisfied', () => {
  it.each<[TestStatus, boolean, boolean]>([
    ['passed', true, true],
    ['xfailed', true, true],
    ['skipped', false, true],
    ['failed', false, false],
    ['error', false, false],
    ['timeout', false, false],
    ['xpassed', false, false],
  ])('%s: satisfies FAIL_TO_PASS %s, PASS_TO_PASS %s', (status, asFail, asPass) => {
    const run = runOf({ t: status });
    expect(unsatisfied(instanceOf(['t'], []), run)).toEqual(asFail ? [] : ['t']);
    expect(unsatisfied(instanceOf([], ['t']), run)).toEqual(asPass ? [] : ['t']);
  });

  it('takes a test that was never reported for failed', () => {
    expect(unsatisfied(instanceOf(['gone'], []), runOf({}))).toEqual(['gone']);
  });

  it('finds a parametrised id that the row cut short', () => {
    expect(unsatisfied(instanceOf(['t[a b'], []), runOf({ 't[a b-c]': 'passed' }))).toEqual([]);
  });
});

describe('benchmarkFailures', () => {
  it('counts only what fails in every run', () => {
    const instance = instanceOf(['a', 'b'], []);
    const gold = runOf({ a: 'passed', b: 'passed' });
    const runs = [runOf({ a: 'failed', b: 'failed' }), runOf({ a: 'passed', b: 'failed' })];
    expect(benchmarkFailures(instance, [gold], runs).map(({ id }) => id)).toEqual(['b']);
  });

  it('holds no test against a candidate that gold failed once', () => {
    const gold = [runOf({ a: 'passed' }), runOf({ a: 'failed' })] as const;
    expect(benchmarkFailures(instanceOf([], ['a']), gold, [runOf({ a: 'failed' })])).toEqual([]);
  });
});

describe('unlistedFailures', () => {
  it('are of tests that gold passes and no list of the benchmark names', () => {
    const gold = [runOf({ a: 'passed', 't[x y]': 'passed', b: 'passed', c: 'failed' })] as const;
    const candidate = [runOf({ a: 'failed', 't[x y]': 'failed', b: 'failed', c: 'failed' })];
    const failures = unlistedFailures(instanceOf(['a'], ['t[x']), gold, candidate);
    expect(failures.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('developerFailures', () => {
  it('needs gold to pass every time and the candidate to fail every time', () => {
    const gold = [
      runOf({ a: 'passed', b: 'passed', c: 'failed' }),
      runOf({ a: 'passed', b: 'failed', c: 'failed' }),
    ];
    const candidate = [runOf({ a: 'error', b: 'failed', c: 'failed' })];
    expect(developerFailures(gold, candidate).map(({ id }) => id)).toEqual(['a']);
  });

  it('does not count a timeout', () => {
    expect(developerFailures([runOf({ a: 'passed' })], [runOf({ a: 'timeout' })])).toEqual([]);
  });
});

describe('unstable', () => {
  it('names tests whose status changed between two runs', () => {
    expect(unstable(runOf({ a: 'passed', b: 'passed' }), runOf({ a: 'passed', b: 'failed' }))).toEqual(['b']);
  });
});
