import { describe, expect, it } from 'vitest';
import { testsLeftOut } from '../../../../src/pipeline/tests/left-out.js';
import { instanceOf, runOf } from '../../../helpers/test-runs.js';

const FILES = ['test_a.py'];
const passed = { f: 'passed', a: 'passed', b: 'passed', c: 'passed', d: 'passed' } as const;
const named = instanceOf(['f'], ['a', 'b', 'c', 'd']);

describe('testsLeftOut', () => {
  it('leaves out a PASS_TO_PASS that gold fails once', () => {
    const runs = [runOf(passed), runOf({ ...passed, b: 'failed' })] as const;
    expect(testsLeftOut(named, FILES, runs)).toEqual(['b']);
    expect(testsLeftOut(named, FILES, [runOf(passed), runOf(passed)])).toEqual([]);
  });

  it.each([
    ['a FAIL_TO_PASS', { f: 'failed' }, { f: 'failed' }, 'gold does not pass f'],
    ['a FAIL_TO_PASS now and then', { f: 'passed' }, { f: 'failed' }, 'gold gave two answers to f'],
    [
      'half of the PASS_TO_PASS',
      { a: 'error', b: 'error' },
      { a: 'error', b: 'error' },
      'does not pass a, b',
    ],
  ] as const)('cannot do without %s', (_, first, second, message) => {
    const runs = [runOf({ ...passed, ...first }), runOf({ ...passed, ...second })] as const;
    expect(() => testsLeftOut(named, FILES, runs)).toThrow(message);
  });

  it('leaves out what is unsteady where no tests are named', () => {
    const unnamed = instanceOf([], []);
    expect(testsLeftOut(unnamed, FILES, [runOf(passed), runOf({ ...passed, a: 'failed' })])).toEqual(['a']);
    expect(testsLeftOut(unnamed, [], [runOf({}), runOf({})])).toEqual([]);
    expect(() => testsLeftOut(unnamed, FILES, [runOf({}), runOf({})])).toThrow('gold ran no test');
  });
});
