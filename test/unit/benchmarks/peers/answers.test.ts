import { describe, expect, it } from 'vitest';
import { withPlainNames } from '../../../../benchmarks/bench/peers/ghostwriter.js';
import { patchdiffAnswer } from '../../../../benchmarks/bench/peers/itself.js';
import { compareRuns, failedTests } from '../../../../benchmarks/bench/peers/reruns.js';
import { answerOf } from '../../../../benchmarks/bench/peers/selfsame.js';
import { aReport } from '../../../helpers/builders.js';

describe('the answer of selfsame verify', () => {
  const verdict = (name: string, word: string) => ({ function: name, verdict: word });

  it('is a difference where any function diverges', () => {
    const results = [verdict('f', 'equivalent'), verdict('other', 'divergent')];
    expect(answerOf({ results }, ['f'])).toEqual({ kind: 'different', detail: 'other' });
  });

  it('is a refusal where the functions in question were not compared', () => {
    expect(answerOf({ results: [verdict('other', 'equivalent')] }, ['f']).kind).toBe('refused');
    const unsure = { results: [verdict('f', 'unverifiable')] };
    expect(answerOf(unsure, ['f'])).toEqual({ kind: 'refused', detail: 'unverifiable' });
    expect(answerOf({ results: [verdict('f', 'equivalent')] }, ['f']).kind).toBe('same');
  });
});

describe('the answer of reruns', () => {
  it('compares the tests that did not pass', () => {
    const failing = failedTests('FAILED t.py::b - x\nERROR t.py::a\n1 failed\n');
    expect(failing).toBe('t.py::a t.py::b');
    expect(compareRuns(['', ''], [failing, failing]).kind).toBe('different');
    expect(compareRuns([failing], [failing]).kind).toBe('same');
  });

  it('is a refusal where a side disagrees with itself', () => {
    expect(compareRuns(['', 'a'], ['', '']).kind).toBe('refused');
  });
});

describe(withPlainNames, () => {
  it('takes the dots out of the names of results, and of nothing else', () => {
    const source = 'result_f_pkg.mod = pkg.mod.f(x)';
    expect(withPlainNames(source)).toBe('result_f_pkg_mod = pkg.mod.f(x)');
  });
});

describe(patchdiffAnswer, () => {
  it('is that of the record, with the cost of the instance', () => {
    expect(patchdiffAnswer(aReport(), 'demo-2 m')).toMatchObject({ kind: 'different', seconds: 13 });
    expect(patchdiffAnswer(aReport(), 'demo-1 m').kind).toBe('same');
    expect(patchdiffAnswer(aReport(), 'demo-3 m')).toMatchObject({ kind: 'refused', detail: 'gold-flaky' });
    expect(patchdiffAnswer(aReport(), 'other').detail).toBe('no record');
  });
});
