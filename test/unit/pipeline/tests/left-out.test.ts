import { describe, expect, it } from 'vitest';
import { testsLeftOut } from '../../../../src/pipeline/tests/left-out.js';
import { instanceOf, runOf } from '../../../helpers/test-runs.js';

const passed = { f: 'passed', g: 'passed', a: 'passed', b: 'passed', c: 'passed' } as const;
const named = instanceOf(['f', 'g'], ['a', 'b', 'c']);

describe('testsLeftOut', () => {
  it.each([
    ['a PASS_TO_PASS that gold fails once', {}, { b: 'failed' }, ['b']],
    ['most of the PASS_TO_PASS', { a: 'error', b: 'error' }, { a: 'error', b: 'error' }, ['a', 'b']],
    ['a FAIL_TO_PASS', { f: 'failed' }, { f: 'failed' }, ['f']],
    ['every FAIL_TO_PASS', { f: 'failed', g: 'error' }, { f: 'failed', g: 'error' }, ['f', 'g']],
  ] as const)('leaves out %s', (_, first, second, leftOut) => {
    const runs = [runOf({ ...passed, ...first }), runOf({ ...passed, ...second })] as const;
    expect(testsLeftOut(named, runs)).toEqual({ leftOut, unmatched: [] });
  });

  it('leaves out nothing that gold passes', () => {
    expect(testsLeftOut(named, [runOf(passed), runOf(passed)])).toEqual({ leftOut: [], unmatched: [] });
  });

  it('names what no test that ran goes by', () => {
    const runs = [runOf({ f: 'passed', g: 'failed' }), runOf({ f: 'passed', g: 'failed' })] as const;
    expect(testsLeftOut(named, runs)).toEqual({ leftOut: ['g', 'a', 'b', 'c'], unmatched: ['a', 'b', 'c'] });
    expect(testsLeftOut(named, [runOf({}), runOf({})]).unmatched).toEqual(['f', 'g', 'a', 'b', 'c']);
  });

  it('cannot do without tests of the fix that are steady', () => {
    const runs = [runOf({ ...passed, g: 'failed' }), runOf(passed)] as const;
    expect(() => testsLeftOut(named, runs)).toThrow('gold gave two answers to g');
  });

  it('leaves out what is unsteady where no tests are named', () => {
    const unnamed = instanceOf([], []);
    const runs = [runOf(passed), runOf({ ...passed, a: 'failed' })] as const;
    expect(testsLeftOut(unnamed, runs).leftOut).toEqual(['a']);
    expect(testsLeftOut(unnamed, [runOf({}), runOf({})]).leftOut).toEqual([]);
    expect(() => testsLeftOut(unnamed, [runOf({ a: 'passed' }), runOf({ a: 'failed' })])).toThrow(
      'two answers to a',
    );
  });
});
