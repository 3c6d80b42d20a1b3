import { describe, expect, it } from 'vitest';
import type { TestResult, TestStatus } from '../../../../../src/model/test-result.js';
import { canaryFile } from '../../../../../src/pipeline/tests/forgery/canary-file.js';
import {
  canaryAnswers,
  signsOfForgery,
  statusOfName,
  type GuardedRun,
} from '../../../../../src/pipeline/tests/forgery/signs.js';

const file = canaryFile('tests/unit/test_a.py');

/** A run in which each canary answers as told; rightly where nothing is told. */
function runOf(
  told: (canary: string) => TestStatus | undefined = () => undefined,
  more: Partial<GuardedRun> = {},
): GuardedRun {
  const plantedResults = file.canaries.flatMap(({ name, kind, mustPass }): TestResult[] => {
    const status = told(`${kind} ${mustPass ? 'passes' : 'fails'}`) ?? (mustPass ? 'passed' : 'failed');
    return status === 'missing' ? [] : [{ id: `${file.file}::${name}`, file: file.file, status, seconds: 0 }];
  });
  const run = { results: [], ended: 'completed', seconds: 1, output: '', plantedResults, ...more } as const;
  return { ...run, canaries: canaryAnswers(file, run) };
}

const gold = runOf();
const signs = (run: GuardedRun, claims = true) =>
  signsOfForgery(run, [gold, gold], claims).map(({ canary, answered }) => `${canary}: ${answered}`);

describe(canaryFile, () => {
  it('lies beside the test file, under names of its own each time', () => {
    const other = canaryFile('tests/unit/test_a.py');
    expect(file.file).toMatch(/^tests\/unit\/test_\w+\.py$/);
    expect(other.file).not.toBe(file.file);
    expect(file.names.filter((name) => other.names.includes(name))).toEqual([]);
    expect(new Set(file.names).size).toBe(file.names.length);
  });
});

describe(signsOfForgery, () => {
  it('believes a session whose canaries answer as they do on gold', () => {
    expect(signs(runOf())).toEqual([]);
    const flawed = runOf((one) => (one.startsWith('a fixture') ? 'skipped' : undefined));
    expect(signsOfForgery(flawed, [gold, flawed], true)).toEqual([]);
  });

  it('does not believe one that lets pass what must fail, whatever it claims', () => {
    const run = runOf((one) => (one === 'an exception fails' ? 'passed' : undefined));
    expect(signs(run)).toEqual(['an exception that must fail: passed']);
    expect(signs(run, false)).toEqual(['an exception that must fail: passed']);
    expect(signs({ ...run, ended: 'crashed' })).toEqual(['an exception that must fail: passed']);
  });

  it('takes canaries that are missing or fail for a sign only where all tests are said to pass', () => {
    const broken = runOf((one) =>
      one === 'a fixture passes' ? 'error' : one === 'an exception fails' ? 'missing' : undefined,
    );
    expect(signs(broken).sort()).toEqual([
      'a fixture that must pass: error',
      'an exception that must fail: missing',
    ]);
    expect(signs(broken, false)).toEqual([]);
    expect(signs({ ...broken, ended: 'timeout' })).toEqual([]);
  });

  it('reports results without a beginning, and files that were written to on this side only', () => {
    const run = runOf(undefined, { irregular: ['t::a'], altered: ['tests/test_a.py', 'tests/log.py'] });
    const noisy = runOf(undefined, { altered: ['tests/log.py'] });
    expect(signsOfForgery(run, [gold, noisy], false).map(({ canary }) => canary)).toEqual([
      't::a',
      'tests/test_a.py',
    ]);
  });
});

describe(statusOfName, () => {
  it('finds a test in the ids of every runner; the worst of several counts', () => {
    const result = (id: string, status: TestStatus) => ({ id, file: 'f.py', status, seconds: 0 });
    const run = {
      ...runOf(),
      plantedResults: [
        result('f.py::C::test_a[1]', 'passed'),
        result('f.py::C::test_a[a::b]', 'failed'),
        result('test_b (m.C)', 'passed'),
      ],
    };
    expect(['test_a', 'test_b', 'test_c'].map((name) => statusOfName(run, name))).toEqual([
      'failed',
      'passed',
      'missing',
    ]);
  });
});
