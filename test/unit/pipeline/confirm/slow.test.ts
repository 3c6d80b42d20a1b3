import { describe, expect, it } from 'vitest';
import type { ThreeSides } from '../../../../src/pipeline/confirm/three-sides.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import { findSlow } from '../../../../src/pipeline/confirm/slow.js';
import type { Observation } from '../../../../src/model/observation.js';
import { NO_GROUND, anInput, answered, int } from '../../../helpers/builders.js';

const one = answered(int(1));
const endless: Observation = { ...one, outcome: { kind: 'timeout' } };

/** A side that answers each time as the list says, and from then on as its last. */
function sideOf(...answers: Observation[]): ThreeSides['gold'] {
  const queue = [...answers];
  return {
    observeAlone: (inputs) => {
      const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? one;
      return Promise.resolve(new Map(inputs.map(({ id }) => [id, answer])));
    },
    observe: () => Promise.resolve(new Map()),
    verify: () => Promise.resolve({ status: 'crashed' }),
    plainly: () => Promise.resolve(new Map()),
  };
}

const suspect = (gold = one, candidate = endless): Observed => ({
  input: anInput('f(1)'),
  gold,
  candidate,
  comparison: { kind: 'unknown', reason: 'timeout on the right side' },
});
const sut = (sides: Partial<Pick<ThreeSides, 'base' | 'gold' | 'candidate'>>, observed = suspect()) =>
  findSlow([observed], {
    ground: NO_GROUND,
    seeds: [0, 1, 2],
    base: sideOf(one),
    gold: sideOf(one),
    candidate: sideOf(endless),
    ...sides,
  });

describe(findSlow, () => {
  it('finds a candidate that never ends where gold answers every time', async () => {
    expect(await sut({})).toMatchObject([
      { grade: 'far-slower', class: 'extra', gold: one, candidate: endless },
    ]);
  });

  it('says that a hang of base is still there', async () => {
    expect(await sut({ base: sideOf(endless) })).toMatchObject([{ class: 'missing' }]);
  });

  it.each<[string, Partial<ThreeSides>]>([
    ['gold is not quick alone', { gold: sideOf(endless) }],
    ['gold is not quick each time', { gold: sideOf(one, one, endless, one) }],
    ['the candidate ends once', { candidate: sideOf(endless, one, endless) }],
    [
      'the candidate crashes instead',
      { candidate: sideOf({ ...one, outcome: { kind: 'crashed', signal: 11 } }) },
    ],
  ])('says nothing where %s', async (_, sides) => {
    expect(await sut(sides)).toEqual([]);
  });

  it('says nothing where both sides ran out of time', async () => {
    expect(await sut({}, suspect(endless))).toEqual([]);
  });
});
