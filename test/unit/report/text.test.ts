import { describe, expect, it } from 'vitest';
import { renderCheckJson } from '../../../src/report/json.js';
import { duration, percent, pointsText } from '../../../src/report/numbers.js';
import { renderCheckText, renderSummaryText } from '../../../src/report/text.js';
import { differsSentence, verdictSentence } from '../../../src/report/words.js';
import type { Verdict } from '../../../src/model/verdict.js';
import { aDivergence, answered, aRecord, aReport, int } from '../../helpers/builders.js';

const links = { testPath: () => 'tests/test_d1.py', replayCommand: () => 'patchdiff replay x' };
const failure = { id: 't', file: 't.py', gold: 'passed', candidate: 'failed' } as const;

describe('renderCheckText', () => {
  it('shows one divergence whole', () => {
    const text = renderCheckText(
      aRecord({
        verdict: { outcome: 'divergent' },
        divergences: [aDivergence()],
        score: 0.8342,
        budgetCut: true,
      }),
      links,
    );
    expect(text).toBe(`divergent: 1 divergence, at worst: gives another result through the public API

d1: result
  gives another result through the public API
  extra: the candidate changes what the reference leaves alone
  The input calls f(1), as the test s does. Base and gold answer 1, and the candidate answers 2:
  this counts as a regression, since base answers as gold does.

    f(1)

  base:       1
  gold:       1
  candidate:  2
  test:       tests/test_d1.py
  replay:     patchdiff replay x

3 inputs: 3 same + 0 different + 0 flaky + 0 no evidence + 0 not set up
differs on 0.0% of 3 inputs that reach the change (95% interval 0.0% to 56.1%)
developer tests run: 2 of 7 that the reference passes, those that can tell the patches apart
score 0.83: how likely the candidate is incorrect, from 0 to 1
local, Python 3.9.18, seed 0, 10 s
The time budget ended the search: a larger --budget may find more.
`);
  });

  it('says where answers differ that look alike', () => {
    const observations = {
      base: answered(int(1)),
      gold: answered(int(1), { state: { x: int(1) } }),
      candidate: answered(int(1), { state: { x: int(2) } }),
    };
    const differences = [{ aspect: 'state', path: 'state x', left: int(1), right: int(2) }] as const;
    const divergence = aDivergence({ aspect: 'state', observations, differences });
    const text = renderCheckText(aRecord({ divergences: [divergence] }), links);
    expect(text).toContain('differs at: state x: 1 on gold, 2 on the candidate');
  });

  it('says of which tests of the benchmark little can be said', () => {
    const text = renderCheckText(aRecord({ leftOut: ['t1'], passOnBase: ['t2', 't3'] }), links);
    expect(text).toContain(
      'judged without 1 test of the benchmark, which the reference does not pass here: t1\n',
    );
    expect(text).toContain('FAIL_TO_PASS tests that pass here without any fix: t2, t3\n');
  });

  it('lists failed tests, but not a hundred', () => {
    const developerFailures = Array.from({ length: 12 }, (_, index) => ({ ...failure, id: `t${index}` }));
    const text = renderCheckText(aRecord({ verdict: { outcome: 'divergent' }, developerFailures }), links);
    expect(text).toContain('developer test t9: passed on gold, failed on the candidate\n  ... and 2 more');
    expect(text).toContain('fails 12 developer tests that the reference passes');
  });
});

describe('renderSummaryText', () => {
  const text = renderSummaryText(aReport());

  it('leads from the reported rate to what is left', () => {
    expect(text).toMatch(/reported resolved +3 of 3 \(100\.0%, 95% interval 43\.9% to 100\.0%\)/);
    expect(text).toMatch(/without those with strong evidence +2 of 3/);
    expect(text).toMatch(/inflation by strong evidence +33\.3 points/);
    expect(text).toMatch(/expected to be incorrect, by the scores +0\.\d of 2 \(95% interval 0 to \d\)/);
    expect(text).toMatch(/resolved, but not judged here +demo-3/);
  });

  it('states sums and names what is not consistent', () => {
    expect(text).toContain(
      '+ 1 divergent + 1 unverifiable + 0 not-reached + 0 not-applied + 0 empty + 0 invalid-row + 0 infra-error = 3',
    );
    expect(text).toMatch(/demo-2 +m +divergent +1 divergence/);
    expect(text).not.toMatch(/demo-1 +m/);
    expect(text).toContain('3 instances, 2 without a prediction');
  });
});

it.each<[Verdict, string]>([
  [{ outcome: 'consistent', identical: true }, 'the same code as the reference'],
  [{ outcome: 'consistent', identical: false }, '3 inputs answered as the reference does, none differently'],
  [{ outcome: 'not-applied', detail: 'hunk 2' }, 'the patch does not apply: hunk 2'],
  [{ outcome: 'empty' }, 'the submission gives no patch'],
])('%j', (verdict, sentence) => {
  expect(verdictSentence(aRecord({ verdict }))).toBe(sentence);
});

it('writes numbers for people', () => {
  expect([percent(null), percent(0.12345)]).toEqual(['-', '12.3%']);
  expect([pointsText(null), pointsText(12.5)]).toEqual(['-', '12.5 points']);
  expect([42.4, 125, 4350].map(duration)).toEqual(['42 s', '2 min 5 s', '1 h 12 min']);
});

it('writes equal records as equal JSON', () => {
  const record = aRecord();
  const reversed = Object.fromEntries(Object.entries(record).reverse()) as unknown as typeof record;
  expect(renderCheckJson(reversed)).toBe(renderCheckJson(record));
});

describe(differsSentence, () => {
  const differs = { reached: 1204, different: 494, regression: 490, unfixed: 0, otherFix: 3 };

  it('says how often, how sure that is, and in which part of the task', () => {
    expect(differsSentence(aRecord({ differs }))).toBe(
      'differs on 41.0% of 1204 inputs that reach the change (95% interval 38.3% to 43.8%): 490 regression, 3 fixed in another way',
    );
  });

  it('says nothing where nothing reached the change', () => {
    expect(differsSentence(aRecord({ differs: null }))).toBeNull();
    expect(differsSentence(aRecord({ differs: { ...differs, reached: 0, different: 0 } }))).toBeNull();
  });
});
