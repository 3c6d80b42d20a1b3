import { describe, expect, it } from 'vitest';
import { Budget, secondsFromNow } from '../../../src/platform/budget.js';

/** A budget on a clock that only `take` moves. */
function sut(seconds?: number) {
  let now = 5000;
  const clock = () => now;
  const take = (amount: number) => () => {
    now += amount * 1000;
    return Promise.resolve(amount);
  };
  return { budget: new Budget<'tests' | 'search'>(seconds, clock), take, clock };
}

describe(Budget, () => {
  it('runs while a stage spends it, and at no other time', async () => {
    const { budget, take } = sut(10);
    await take(100)();
    await budget.spend('tests', take(3));
    await take(100)();
    expect(await budget.spend('search', take(2))).toBe(2);
    expect([budget.spent, budget.left]).toEqual([5, 5]);
    expect([budget.spentOn('tests'), budget.spentOn('search')]).toEqual([3, 2]);
  });

  it('counts what two stages spend at the same time once, and for both', async () => {
    const { budget, take } = sut();
    await budget.spend('tests', async () => {
      await take(1)();
      await budget.spend('search', take(4));
    });
    expect([budget.spent, budget.spentOn('tests'), budget.spentOn('search')]).toEqual([5, 5, 4]);
    expect(budget.left).toBe(Infinity);
  });

  it('stands still while it is paused', async () => {
    const { budget, take } = sut(10);
    await budget.spend('search', async () => {
      await take(1)();
      await budget.pause(take(50));
      await take(1)();
    });
    expect([budget.spent, budget.spentOn('search'), budget.left]).toEqual([2, 2, 8]);
  });

  it('keeps the time of failed work from its stage, but not from what is left', async () => {
    const { budget, take } = sut(10);
    const failing = budget.spend('tests', async () => {
      await take(4)();
      throw new Error('cancelled');
    });
    await expect(failing).rejects.toThrow('cancelled');
    expect([budget.spentOn('tests'), budget.left]).toEqual([0, 6]);
  });

  it('shares out no more than is left, and a share stands still with the whole', async () => {
    const { budget, take } = sut(10);
    await budget.spend('search', take(2));
    const [half, all] = [budget.share(0.5), budget.share(1)];
    expect([half.left, all.left]).toEqual([5, 8]);
    await budget.spend('search', () => budget.pause(take(7)));
    await budget.spend('search', take(4));
    expect([half.left, all.left]).toEqual([1, 4]);
  });
});

describe(secondsFromNow, () => {
  it('runs out whatever is done meanwhile', async () => {
    const { take, clock } = sut();
    const limit = secondsFromNow(3, clock);
    await take(2)();
    expect(limit.left).toBe(1);
    await take(2)();
    expect(limit.left).toBe(-1);
  });
});
