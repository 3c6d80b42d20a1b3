import { describe, expect, it } from 'vitest';
import { countInputs, judge, silence } from '../../../../src/pipeline/judge/judge.js';
import { signatureOfObserved, type Observed } from '../../../../src/observe/pair-observer.js';
import { compareObservations } from '../../../../src/compare/compare.js';
import type { Observation } from '../../../../src/model/observation.js';
import { anInput, anObservation, answered } from '../../../helpers/builders.js';

const number = (v: string) => answered({ t: 'int', v });

const observedOf = (source: string, gold: Observation, candidate: Observation): Observed => ({
  input: anInput(source),
  gold,
  candidate,
  comparison: compareObservations(gold, candidate),
});

const nothing = {
  ...{ confirmed: [], spares: [], signatures: new Set<string>(), late: new Set<string>() },
  ...{ goldFlaky: 0, candidateFlaky: 0, arbitrary: 0, vanished: 0, unknown: 0, cut: 0 },
};
const counts = { tried: 3, same: 3, different: 0, flaky: 0, unknown: 0, setupFailed: 0 };
const heard = { answered: 100, silent: 0, unsteady: 0, arbitrary: 0 };
const findings = { divergent: false, counts, differing: [], candidateFlaky: 0, cut: 0, silence: heard };

describe('countInputs', () => {
  const timeout = anObservation({ kind: 'timeout' });
  const observed = [
    observedOf('a', number('1'), number('1')),
    observedOf('b', number('1'), number('2')),
    observedOf('c', number('1'), timeout),
  ];

  it('puts every input into exactly one count', () => {
    for (const confirmation of [
      nothing,
      { ...nothing, goldFlaky: 1 },
      { ...nothing, vanished: 1 },
      { ...nothing, cut: 1 },
    ]) {
      const { tried, same, different, flaky, unknown, setupFailed } = countInputs(observed, confirmation);
      expect(same + different + flaky + unknown + setupFailed).toBe(tried);
    }
  });

  it('counts inputs that were unsteady from the start as flaky', () => {
    const { tried, flaky } = countInputs(observed, nothing, 2);
    expect({ tried, flaky }).toEqual({ tried: 5, flaky: 2 });
  });

  it('never counts a difference that was not there when run alone', () => {
    expect(countInputs(observed, nothing)).toMatchObject({ same: 1, different: 0, unknown: 2 });
    expect(countInputs(observed, { ...nothing, goldFlaky: 1 })).toMatchObject({ flaky: 1, unknown: 1 });
    const signatures = new Set(observed.map(signatureOfObserved));
    expect(countInputs(observed, { ...nothing, signatures })).toMatchObject({ different: 1, unknown: 1 });
  });
});

describe('silence', () => {
  const dead = anObservation({ kind: 'crashed', signal: 9 });
  const lock = answered({ t: 'opaque', type: 'a.B', why: 'no attributes' });
  const observed = [
    observedOf('a', number('1'), number('1')),
    observedOf('b', number('1'), dead),
    observedOf('c', dead, dead),
    observedOf('d', number('1'), lock),
    observedOf('e', lock, lock),
    observedOf('f', number('1'), number('2')),
  ];

  it('counts what the candidate alone does not answer, by what gold does', () => {
    expect(silence(observed, nothing)).toEqual({ answered: 4, silent: 2, unsteady: 0, arbitrary: 0 });
    const late = new Set([observed[1]?.input.id ?? '']);
    expect(silence(observed, { ...nothing, late })).toMatchObject({ silent: 1 });
    expect(silence(observed, { ...nothing, candidateFlaky: 1 })).toMatchObject({ unsteady: 1 });
    const signatures = new Set(observed.map(signatureOfObserved));
    expect(silence(observed, { ...nothing, candidateFlaky: 1, signatures })).toMatchObject({ unsteady: 0 });
  });
});

describe('judge', () => {
  it('is divergent on evidence, whatever else there is', () => {
    expect(judge({ ...findings, divergent: true, candidateFlaky: 2 })).toEqual({ outcome: 'divergent' });
  });

  it('does not call a candidate that changes its answers consistent', () => {
    const unsteady = { ...counts, tried: 6, flaky: 1, unknown: 2 };
    expect(judge({ ...findings, counts: unsteady, candidateFlaky: 1 })).toMatchObject({
      reason: 'every-difference-flaky',
    });
  });

  it('does not call a candidate consistent whose differences there was no time to repeat', () => {
    expect(judge({ ...findings, cut: 1 })).toMatchObject({ reason: 'differences-not-repeated' });
    expect(judge({ ...findings, cut: 1, divergent: true })).toEqual({ outcome: 'divergent' });
  });

  it('does not call a candidate consistent that alone leaves more than a small share without a steady answer', () => {
    const silent = (count: number) => judge({ ...findings, silence: { ...heard, silent: count } });
    expect(silent(6)).toMatchObject({ outcome: 'unverifiable', reason: 'candidate-silent' });
    expect(silent(5)).toMatchObject({ outcome: 'consistent' });
    const unsteady = (count: number) =>
      judge({ ...findings, candidateFlaky: 1, silence: { ...heard, unsteady: count } });
    expect(unsteady(6)).toMatchObject({ outcome: 'unverifiable', reason: 'every-difference-flaky' });
    expect(unsteady(5)).toMatchObject({ outcome: 'consistent' });
    const few = { ...heard, answered: 4, silent: 2 };
    expect(judge({ ...findings, silence: few })).toMatchObject({ outcome: 'consistent' });
    expect(judge({ ...findings, candidateFlaky: 1, silence: { ...heard, arbitrary: 1 } })).toMatchObject({
      reason: 'every-difference-flaky',
    });
  });

  it('drops a few unsteady inputs among many steady ones', () => {
    const steady = { ...counts, tried: 4, flaky: 1 };
    expect(judge({ ...findings, counts: steady, candidateFlaky: 1 })).toMatchObject({
      outcome: 'consistent',
    });
  });

  it('says when none of the differing code was reached, and only then', () => {
    const [a, b] = [
      { id: 'a', reached: false },
      { id: 'b', reached: true },
    ];
    expect(judge({ ...findings, differing: [a] })).toEqual({ outcome: 'not-reached' });
    expect(judge({ ...findings, differing: [a, b] })).toEqual({ outcome: 'consistent', identical: false });
  });

  it('never says consistent of what was not compared', () => {
    const none = { ...counts, same: 0, unknown: 3 };
    expect(judge({ ...findings, counts: none })).toMatchObject({ reason: 'nothing-comparable' });
  });
});
