import { describe, expect, it } from 'vitest';
import { Novelty } from '../../../../src/pipeline/search/novelty.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import type { Observation } from '../../../../src/model/observation.js';
import { anInput, answered, int, raised } from '../../../helpers/builders.js';

const observed = (gold: Observation): Observed => ({
  input: anInput('f()'),
  gold,
  candidate: gold,
  comparison: { kind: 'same' },
});
const many = (count: number, gold: Observation) => Array.from({ length: count }, () => observed(gold));
const one = answered(int(1));

describe(Novelty, () => {
  it('is exhausted after many inputs that teach nothing new', () => {
    const novelty = new Novelty();
    expect(novelty.exhausted(many(800, one))).toBe(false);
    expect(novelty.exhausted(many(1, answered(int(2))))).toBe(true);
  });

  it.each([
    ['another type of answer', answered({ t: 'none' })],
    ['another exception', raised('ValueError')],
    ['another way through the code', { ...one, branches: ['x'] }],
  ])('is not exhausted when it sees %s', (_, other) => {
    const novelty = new Novelty();
    novelty.exhausted(many(800, one));
    expect(novelty.exhausted([observed(other)])).toBe(false);
  });

  it('counts anew for another round, and knows what it knew', () => {
    const novelty = new Novelty();
    novelty.exhausted(many(900, one));
    novelty.again();
    expect(novelty.exhausted(many(799, one))).toBe(false);
    expect(novelty.exhausted(many(1, one))).toBe(true);
  });
});
