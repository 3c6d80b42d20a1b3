import { describe, expect, it } from 'vitest';
import { instanceSeeds, pairSeeds } from '../../../src/model/seeds.js';

const ofInstance = instanceSeeds(0, 'a__b-1', 'gold');

describe(instanceSeeds, () => {
  it('gives the same to the same, and others to another run, instance or patch', () => {
    expect(instanceSeeds(0, 'a__b-1', 'gold')).toEqual(ofInstance);
    for (const other of [
      instanceSeeds(1, 'a__b-1', 'gold'),
      instanceSeeds(0, 'a__b-2', 'gold'),
      instanceSeeds(0, 'a__b-1', 'other'),
    ])
      expect(other).not.toEqual(ofInstance);
  });

  it('gives seeds that Python takes, and none that is small', () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => instanceSeeds(seed, 'a', 'b')).flat();
    expect(Math.min(...seeds)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...seeds)).toBeLessThan(2 ** 32);
    expect(new Set(seeds).size).toBe(600);
  });
});

describe(pairSeeds, () => {
  it("keeps the first, under which gold's answers are shared, and draws the others from the candidate", () => {
    const [a, b] = [pairSeeds(ofInstance, 'a'), pairSeeds(ofInstance, 'b')];
    expect([a[0], b[0]]).toEqual([ofInstance[0], ofInstance[0]]);
    expect(new Set([...a, ...b, ...ofInstance]).size).toBe(7);
    expect(pairSeeds(ofInstance, 'a')).toEqual(a);
  });
});
