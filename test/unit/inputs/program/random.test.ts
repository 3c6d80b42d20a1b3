import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/inputs/program/random.js';

const items = Array.from({ length: 50 }, (_, index) => index);

describe('Random', () => {
  it('repeats itself for the same seed and labels, and for no other', () => {
    const draw = (seed: number, label: string) => new Random(seed, label).sample(items, 10);
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  it('gives the values it gave in every release', () => {
    expect(new Random(0, 'release').sample(items, 5)).toMatchInlineSnapshot(`
      [
        42,
        4,
        34,
        9,
        13,
      ]
    `);
  });

  it('takes distinct items, all of them when more are asked for', () => {
    expect(new Set(new Random(3).sample(items, 80))).toEqual(new Set(items));
    expect(new Set(new Random(3).sample(items, 20)).size).toBe(20);
  });
});
