import { describe, expect, it } from 'vitest';
import { instanceOf } from '../../../src/datasets/row.js';

const row = {
  instance_id: 'o__r-1',
  repo: 'o/r',
  base_commit: 'abc',
  patch: 'gold',
  test_patch: 'tests',
  problem_statement: 'It fails.',
  version: '1.2',
  FAIL_TO_PASS: '["t.py::a"]',
  PASS_TO_PASS: ['t.py::b'],
};
const sut = (value: unknown) =>
  instanceOf({ value, source: { file: 'd.jsonl', line: 7 }, place: 'd.jsonl:7' });

describe(instanceOf, () => {
  it('reads a row, with test ids as JSON text or as a list', () => {
    expect(sut(row)).toEqual({
      instanceId: 'o__r-1',
      repo: 'o/r',
      baseCommit: 'abc',
      goldPatch: 'gold',
      testPatch: 'tests',
      problemStatement: 'It fails.',
      version: '1.2',
      failToPass: ['t.py::a'],
      passToPass: ['t.py::b'],
      environment: {},
      source: { file: 'd.jsonl', line: 7 },
    });
  });

  it('takes the environment and the runner where a row gives them, and ignores other fields', () => {
    const extra = {
      image: 'x:1',
      workdir: '/repo',
      python: '/venv/python',
      test_runner: 'django',
      eval_script: '#!',
    };
    const instance = sut({ ...row, ...extra });
    expect(instance.environment).toEqual({ image: 'x:1', workdir: '/repo', python: '/venv/python' });
    expect(instance.testRunner).toBe('django');
    expect(Object.keys(instance)).not.toContain('eval_script');
  });

  it('accepts null where a field may be missing', () => {
    const instance = sut({ ...row, test_patch: null, problem_statement: null, version: null, image: null });
    expect(instance).toMatchObject({ testPatch: '', problemStatement: '', environment: {} });
  });

  it.each([
    [{ ...row, base_commit: undefined }, 'd.jsonl:7: field base_commit: is missing'],
    [{ ...row, repo: 5 }, 'd.jsonl:7: field repo: must be text'],
    [{ ...row, patch: '' }, 'd.jsonl:7: field patch: must not be empty'],
    [
      { ...row, FAIL_TO_PASS: 'a, b' },
      'd.jsonl:7: field FAIL_TO_PASS: must be a list of test ids, or the JSON text of one',
    ],
    [
      { ...row, PASS_TO_PASS: [1] },
      'd.jsonl:7: field PASS_TO_PASS: must be a list of test ids, or the JSON text of one',
    ],
    [{ ...row, PASS_TO_PASS: undefined }, 'd.jsonl:7: field PASS_TO_PASS: is missing'],
    [
      { ...row, test_runner: 'nose' },
      'd.jsonl:7: field test_runner: must be pytest, unittest, sympy or django',
    ],
    [[], 'd.jsonl:7: must be an object'],
    [null, 'd.jsonl:7: must be an object'],
  ])('names place and field (%#)', (value, message) => {
    expect(() => sut(value)).toThrow(expect.objectContaining({ code: 'dataset-invalid', message }));
  });
});
