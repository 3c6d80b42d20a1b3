import { describe, expect, it } from 'vitest';
import { confirmInputs } from '../../../../src/pipeline/confirm/confirm.js';
import type { ThreeSides } from '../../../../src/pipeline/confirm/three-sides.js';
import { NO_LIMIT, secondsFromNow } from '../../../../src/platform/budget.js';
import type { Input } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import { NO_GROUND, anInput, answered, int, str } from '../../../helpers/builders.js';

/** A side that gives one answer to everything, under the first `rounds` hash seeds; then its time is up. */
function sideOf(answer: Observation, rounds = Infinity): ThreeSides['gold'] {
  const observeAlone = (inputs: readonly Input[], hashSeed: number) =>
    Promise.resolve(new Map(hashSeed < rounds ? inputs.map(({ id }) => [id, answer] as const) : []));
  return {
    observeAlone,
    observe: (inputs) => observeAlone(inputs, 0),
    verify: () => Promise.resolve({ status: 'crashed' }),
    plainly: () => Promise.resolve(new Map()),
  };
}

const [one, two] = [answered(int(1)), answered(int(2))];
const sut = (sides: Partial<ThreeSides>) =>
  confirmInputs(
    [anInput('f(1)')],
    {
      targets: [],
      seeds: [0, 1, 2],
      ground: NO_GROUND,
      base: sideOf(one),
      gold: sideOf(one),
      candidate: sideOf(two),
      ...sides,
    },
    5,
    NO_LIMIT,
  );

describe(confirmInputs, () => {
  it('confirms a difference that is there every time', async () => {
    const { confirmed, cut } = await sut({});
    expect(confirmed.map(({ class: name }) => name)).toEqual(['extra']);
    expect(cut).toBe(0);
  });

  it.each<[string, Partial<ThreeSides>]>([
    ['the first round', { candidate: sideOf(two, 0) }],
    ['a later round', { gold: sideOf(one, 2) }],
    ['base', { base: sideOf(one, 0) }],
  ])('counts as cut what time did not allow to repeat: %s', async (_, sides) => {
    expect(await sut(sides)).toMatchObject({ confirmed: [], cut: 1, vanished: 0, unknown: 0 });
  });

  it('leaves time for repeating what was found, however much there is to run alone', async () => {
    const given: number[] = [];
    const noting = (answer: Observation): ThreeSides['gold'] => ({
      ...sideOf(answer),
      observeAlone: (inputs, seed, limit) => {
        given.push(limit.left);
        return sideOf(answer).observeAlone(inputs, seed, limit);
      },
    });
    await confirmInputs(
      [anInput('f(1)')],
      {
        ...{ targets: [], ground: NO_GROUND, seeds: [0, 1, 2] },
        ...{ base: sideOf(one), gold: noting(one), candidate: sideOf(two) },
      },
      5,
      secondsFromNow(1000),
    );
    const [alone = 0, ...repeating] = given;
    expect(alone).toBeLessThan(500);
    expect(Math.min(...repeating)).toBeGreaterThan(900);
  });

  it('counts as vanished what does not differ when run alone', async () => {
    expect(await sut({ candidate: sideOf(one) })).toMatchObject({ confirmed: [], cut: 0, vanished: 1 });
  });

  describe('of a candidate that changes its answers', () => {
    /** Answers with the next number each time, or by the seed. */
    const counting = (bySeed: boolean) => {
      let count = 2;
      return {
        ...sideOf(two),
        observeAlone: (inputs: readonly Input[], seed: number) => {
          count += 1;
          const answer = answered(int(bySeed ? seed + 2 : count));
          return Promise.resolve(new Map(inputs.map(({ id }) => [id, answer] as const)));
        },
      };
    };

    it('says that it is arbitrary where the seeds do not explain it', async () => {
      const found = await sut({ candidate: counting(false) });
      expect(found).toMatchObject({ confirmed: [], candidateFlaky: 1, arbitrary: 1 });
    });

    it('confirms what is never of the kind that gold gives', async () => {
      const { confirmed, candidateFlaky } = await sut({
        candidate: counting(false),
        gold: sideOf(answered(str('a'))),
      });
      expect(confirmed).toMatchObject([{ differences: [{ aspect: 'type' }] }]);
      expect(candidateFlaky).toBe(0);
    });

    it('counts it as flaky where they may', async () => {
      expect(await sut({ candidate: counting(true) })).toMatchObject({
        ...{ confirmed: [], candidateFlaky: 1, arbitrary: 0 },
      });
    });
  });

  describe('of several inputs', () => {
    const inputs = ['f(1)', 'f(12)', 'g(1)'].map((source) => anInput(source));
    /** Answers by input; `asked` notes what was asked under later hash seeds. */
    const sideBy = (answerTo: (source: string, hashSeed: number) => Observation, asked: string[] = []) => ({
      ...sideOf(one),
      observeAlone: (some: readonly Input[], hashSeed: number) => {
        if (hashSeed > 0) asked.push(...some.map(({ source }) => source));
        return Promise.resolve(new Map(some.map(({ id, source }) => [id, answerTo(source, hashSeed)])));
      },
    });
    const kindsOf = (source: string) => ({ ...two, hits: [source.slice(0, 1)] });
    const confirmAll = (candidate: ThreeSides['candidate'], limit: number) =>
      confirmInputs(
        inputs,
        { targets: [], seeds: [0, 1, 2], ground: NO_GROUND, base: sideOf(one), gold: sideOf(one), candidate },
        limit,
        NO_LIMIT,
      );

    it('repeats one of each kind, and no more kinds than are wanted', async () => {
      const asked: string[] = [];
      const { confirmed } = await confirmAll(sideBy(kindsOf, asked), 5);
      expect(confirmed.map(({ input }) => input.source)).toEqual(['f(1)', 'g(1)']);
      expect(new Set(asked)).toEqual(new Set(['f(1)', 'g(1)']));
      const fewer = await confirmAll(sideBy(kindsOf), 1);
      expect(fewer.confirmed.map(({ input }) => input.source)).toEqual(['f(1)']);
    });

    it('goes on to the next of a kind whose best is unsteady', async () => {
      const changing = (source: string, hashSeed: number) =>
        source === 'f(1)' && hashSeed > 0 ? one : kindsOf(source);
      const { confirmed, candidateFlaky } = await confirmAll(sideBy(changing), 5);
      expect(confirmed.map(({ input }) => input.source)).toEqual(['f(12)', 'g(1)']);
      expect(candidateFlaky).toBe(1);
    });
  });
});
