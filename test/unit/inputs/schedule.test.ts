import { describe, expect, it } from 'vitest';
import { roundRobin } from '../../../src/inputs/schedule.js';
import { anInput } from '../../helpers/builders.js';

const sourceOf = (turn: number, ...texts: readonly string[]) => ({
  turn,
  mutants: texts.map((text) => anInput(text)),
});
const order = (...args: Parameters<typeof roundRobin>) =>
  [...roundRobin(...args)].map(({ source }) => source);

describe(roundRobin, () => {
  it('takes as many of each source as its turn says, and goes round until nothing is left', () => {
    const sources = [sourceOf(1, 'a1', 'a2', 'a3'), sourceOf(2, 'b1', 'b2', 'b3')];
    expect(order(sources, 10, new Set())).toEqual(['a1', 'b1', 'b2', 'a2', 'b3', 'a3']);
  });

  it('ends at the limit', () => {
    expect(order([sourceOf(2, 'a1', 'a2'), sourceOf(2, 'b1', 'b2')], 3, new Set())).toEqual([
      'a1',
      'a2',
      'b1',
    ]);
  });

  it('asks a source for no more than is tried', () => {
    const asked: string[] = [];
    const endless = function* () {
      for (let n = 1; ; n++) {
        asked.push(`a${n}`);
        yield anInput(`a${n}`);
      }
    };
    expect(order([{ turn: 1, mutants: endless() }], 3, new Set())).toEqual(['a1', 'a2', 'a3']);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('passes over what was tried, what is twice there, and what is not Python', () => {
    const sources = [sourceOf(1, 'a1', 'same', 'f('), sourceOf(1, 'same', 'b2')];
    const tried = new Set([anInput('a1').id]);
    expect(order(sources, 10, tried)).toEqual(['same', 'b2']);
    expect(order(sources, 10, tried)).toEqual([]);
  });
});
