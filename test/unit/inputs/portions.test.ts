import { describe, expect, it } from 'vitest';
import { portion } from '../../../src/inputs/portions.js';

describe(portion, () => {
  it('takes as many as asked for, then what is left, then none', async () => {
    const line = Array.from({ length: 25 }, (_, index) => index)[Symbol.iterator]();
    expect(await portion(line, 20)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(await portion(line, 20)).toEqual([20, 21, 22, 23, 24]);
    expect(await portion(line, 20)).toEqual([]);
  });

  it('lets other work be done while it makes many', async () => {
    let others = 0;
    const work = () => {
      others += 1;
      if (others < 1000) setImmediate(work);
    };
    const line = function* () {
      for (;;) yield others;
    };
    setImmediate(work);
    const seen = await portion(line(), 100);
    others = 1000;
    expect(new Set(seen).size).toBeGreaterThanOrEqual(5);
  });
});
