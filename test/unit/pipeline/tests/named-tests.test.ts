import { describe, expect, it } from 'vitest';
import type { TestResult, TestStatus } from '../../../../src/model/test-result.js';
import { NamedTests } from '../../../../src/pipeline/tests/named-tests.js';

const result = (id: string, more: Partial<TestResult> = {}): TestResult => ({
  id,
  file: 'tests/test_a.py',
  status: 'passed',
  seconds: 0,
  ...more,
});

const found = (id: string, ...tests: readonly TestResult[]) =>
  new NamedTests(tests).find(id).map((test) => test.id);

const DJANGO = 'test_save (app.tests.ShopTests)';
const SUM = 'tests/test_a.py::TestSum::test_sum';

describe('an id of a benchmark', () => {
  it.each([
    ['the id of the runner', DJANGO, DJANGO],
    ['the name twice, as Python 3.11 prints it', 'test_save (app.tests.ShopTests.test_save)', DJANGO],
    ['the name once, where the runner has it twice', DJANGO, 'test_save (app.tests.ShopTests.test_save)'],
    ['a dotted label', 'app.tests.ShopTests.test_save', DJANGO],
    ['a status after three dots', `${DJANGO} ... ok`, DJANGO],
    ['a status and a percentage', `${SUM} PASSED [ 12%]`, SUM],
    ['a parameter cut at a blank', `${SUM}[sum`, `${SUM}[sum of two]`],
    ['a parameter cut after a bracket', `${SUM}[[1]`, `${SUM}[[1] and more]`],
    ['a function without its parameter', SUM, `${SUM}[3]`],
    ['a class', 'tests/test_a.py::TestSum', SUM],
    ['a file', 'tests/test_a.py', SUM],
    ['a bare name', 'test_sum', SUM],
    ['a bare name without its parameter', 'test_sum', `${SUM}[a::b]`],
    ['a character for its escape', `${SUM}[\u00e9]`, `${SUM}[\\xe9]`],
    ['an escape for a blank', `${SUM}[a\\tb]`, `${SUM}[a b]`],
  ])('may be %s', (_, id, actual) => {
    const other = [
      result('tests/test_b.py::test_other', { file: 'tests/test_b.py' }),
      result('test_load (app.Other)'),
    ];
    expect(found(id, ...other, result(actual))).toEqual([actual]);
  });

  it('may be the first line of a docstring, and then stands for every test that has it', () => {
    const title = 'A form may be  empty.';
    const tests = [
      result('test_a (m.C)', { title }),
      result('test_b (m.C)', { title }),
      result('test_c (m.C)'),
    ];
    expect(found('A form may be empty.', ...tests)).toEqual(['test_a (m.C)', 'test_b (m.C)']);
    expect(found('A form may be', ...tests)).toEqual([]);
  });

  it('is no other test that begins alike', () => {
    expect(found(SUM, result(`${SUM}_of_three`))).toEqual([]);
    expect(found(`${SUM}[a]`, result(`${SUM}[a]b]`), result(`${SUM}[ab]`))).toEqual([]);
    expect(found('tests/test_a.py::TestSum', result('tests/test_a.py::TestSummary::test_x'))).toEqual([]);
  });

  it.each<[TestStatus, readonly TestStatus[]]>([
    ['failed', ['passed', 'failed', 'skipped']],
    ['error', ['error', 'failed']],
    ['passed', ['skipped', 'passed']],
    ['skipped', ['skipped', 'skipped']],
  ])('that stands for several tests has the status %s for %s', (status, statuses) => {
    const tests = statuses.map((each, index) => result(`t[${index} x]`, { status: each }));
    expect(new NamedTests(tests).statusOf('t[')).toBe(status);
  });

  it('is missing where no test goes by it', () => {
    expect(new NamedTests([result('test_a')]).statusOf('test_b')).toBe('missing');
  });
});
