import { describe, expect, it } from 'vitest';
import {
  combine,
  outcomeOf,
  pairRows,
  refused,
  summarizeTools,
  type Answer,
  type Result,
} from '../../../../benchmarks/bench/peers/outcome.js';

const different: Answer = { kind: 'different', detail: 'f(1)' };
const same: Answer = { kind: 'same', detail: '' };
const result = (tool: string, pair: string, expected: Result['expected'], answer: Answer): Result => ({
  tool,
  pair,
  expected,
  outcome: outcomeOf(answer, expected),
  seconds: 2,
  ...answer,
});

describe(outcomeOf, () => {
  it('judges an answer by what the pair is', () => {
    expect(outcomeOf(different, 'divergent')).toBe('found');
    expect(outcomeOf(same, 'divergent')).toBe('missed');
    expect(outcomeOf(different, 'consistent')).toBe('false');
    expect(outcomeOf(same, 'consistent')).toBe('quiet');
    expect(outcomeOf(refused('no types'), 'divergent')).toBe('refused');
  });
});

describe(combine, () => {
  it('takes a difference in any function, and a refusal only where nothing was compared', () => {
    expect(combine([refused('a'), same, different])).toBe(different);
    expect(combine([refused('a'), same])).toBe(same);
    expect(combine([refused('a'), refused('b')])).toEqual(refused('a'));
    expect(combine([])).toEqual(refused('no function on both sides'));
  });
});

const results = [
  result('one', 'p', 'divergent', different),
  result('one', 'q', 'consistent', different),
  result('two', 'p', 'divergent', refused('no types')),
  result('two', 'q', 'consistent', refused('no types')),
];

describe(summarizeTools, () => {
  it('counts on pairs that differ and on controls apart', () => {
    const [one, two] = summarizeTools(results);
    expect(one).toMatchObject({ tool: 'one', found: 1, false: 1, refused: 0, medianSeconds: 2 });
    expect(two).toMatchObject({ tool: 'two', found: 0, refused: 1, refusedControls: 1 });
  });
});

describe(pairRows, () => {
  it('shows every tool beside the others, refusals with their reason', () => {
    expect(pairRows(results, ['one', 'two', 'three'])).toEqual([
      ['p', 'divergent', 'found', 'refused: no types', null],
      ['q', 'consistent', 'false', 'refused: no types', null],
    ]);
  });
});
