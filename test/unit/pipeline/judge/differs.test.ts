import { expect, it } from 'vitest';
import { compareObservations } from '../../../../src/compare/compare.js';
import type { Input } from '../../../../src/model/input.js';
import { signatureOfObserved, type Observed } from '../../../../src/observe/pair-observer.js';
import { gradeDifference } from '../../../../src/pipeline/confirm/graded-difference.js';
import { countDiffering } from '../../../../src/pipeline/judge/differs.js';
import { anInput, anObservation, answered, int, NO_GROUND } from '../../../helpers/builders.js';

const hits = ['m.py::f'];
const observed = (source: string, other: number, overrides: Partial<Input> = {}, hit = hits): Observed => {
  const [gold, candidate] = [answered(int(1), { hits: hit }), answered(int(other), { hits: hit })];
  return {
    ...{ input: anInput(source, overrides), gold, candidate },
    comparison: compareObservations(gold, candidate),
  };
};
const targets = new Set(hits);

it('counts inputs that reach what differs, and of them those with a confirmed kind of difference', () => {
  const different = observed('f(2)', 2);
  const { gold, candidate, comparison, input } = different;
  const differences = comparison.kind === 'different' ? comparison.differences : [];
  const confirmed = [gradeDifference({ input, base: gold, gold, candidate, differences }, [], NO_GROUND)];
  const all = [
    observed('f(1)', 1),
    different,
    observed('f(None)', 2, { domain: 'contrived' }),
    observed('g(1)', 1, {}, ['m.py::g']),
    { ...observed('f(9)', 1), comparison: { kind: 'unknown', reason: 'timeout' } as const },
  ];
  const signatures = new Set([signatureOfObserved(different)]);
  expect(countDiffering(all, { signatures, confirmed }, targets)).toEqual({
    ...{ reached: 2, different: 1, regression: 1, unfixed: 0, otherFix: 0 },
  });
  expect(countDiffering(all, { signatures: new Set(), confirmed: [] }, targets)).toMatchObject({
    ...{ reached: 2, different: 0 },
  });
});

it('does not count what differs in text only', () => {
  const gold = answered(int(1), { hits });
  const candidate = anObservation(gold.outcome, { hits, stderr: 'careful' });
  const one = { input: anInput('f(1)'), gold, candidate, comparison: compareObservations(gold, candidate) };
  const signatures = new Set([signatureOfObserved(one)]);
  expect(countDiffering([one], { signatures, confirmed: [] }, targets)).toMatchObject({
    ...{ reached: 1, different: 0 },
  });
});
