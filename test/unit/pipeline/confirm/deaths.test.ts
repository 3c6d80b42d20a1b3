import { describe, expect, it } from 'vitest';
import type { Input } from '../../../../src/model/input.js';
import type { Observation, Outcome } from '../../../../src/model/observation.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import { findDeaths } from '../../../../src/pipeline/confirm/deaths.js';
import type { ThreeSides } from '../../../../src/pipeline/confirm/three-sides.js';
import { NO_LIMIT } from '../../../../src/platform/budget.js';
import { NO_GROUND, anInput, anObservation, answered, int } from '../../../helpers/builders.js';

const one = answered(int(1));
const dead = anObservation({ kind: 'crashed', signal: 11 });
const hung = anObservation({ kind: 'timeout' });

/** A side that answers by the seed that it is asked under; `asked` notes which inputs. */
function sideOf(answer: (seed: number) => Observation, asked: string[] = []): ThreeSides['gold'] {
  return {
    observeAlone: (inputs: readonly Input[], seed: number) => {
      asked.push(...inputs.map(({ source }) => source));
      return Promise.resolve(new Map(inputs.map(({ id }) => [id, answer(seed)] as const)));
    },
    observe: () => Promise.resolve(new Map()),
    verify: () => Promise.resolve({ status: 'crashed' }),
    plainly: () => Promise.resolve(new Map()),
  };
}

const suspect = (candidate: Observation, input = anInput('f(1)'), gold = one): Observed => ({
  ...{ input, gold, candidate },
  comparison: { kind: 'unknown', reason: 'no evidence on the right side' },
});

const sut = (observed: readonly Observed[], sides: Partial<ThreeSides> = {}) =>
  findDeaths(
    observed,
    {
      ...{
        seeds: [5, 6, 7],
        ground: NO_GROUND,
        base: sideOf(() => one),
        gold: sideOf(() => one),
        candidate: sideOf(() => dead),
      },
      ...sides,
    },
    NO_LIMIT,
  );

describe(findDeaths, () => {
  it.each<[string, Outcome]>([
    ['is killed', { kind: 'crashed', signal: 9 }],
    ['exits', { kind: 'exited', code: 0 }],
    ['takes all memory', { kind: 'resource', what: 'memory' }],
    ['floods its output', { kind: 'resource', what: 'output' }],
    [
      'ends in the set-up',
      { kind: 'setup-failed', exception: { type: 'patchdiff.SetupEnded', bases: [], message: '' } },
    ],
  ])('finds a candidate that %s where gold answers, every time', async (_, outcome) => {
    const silent = anObservation(outcome);
    const found = await sut([suspect(silent)], { candidate: sideOf(() => silent) });
    expect(found).toMatchObject([
      { grade: 'dies-where-gold-answers', class: 'extra', gold: one, candidate: silent },
    ]);
    expect(found[0]?.differences).toMatchObject([{ aspect: 'outcome', left: int(1) }]);
  });

  it('says that base dies as well', async () => {
    expect(await sut([suspect(dead)], { base: sideOf(() => dead) })).toMatchObject([{ class: 'missing' }]);
  });

  it.each<[string, Partial<ThreeSides>]>([
    ['the candidate answers once', { candidate: sideOf((seed) => (seed === 7 ? one : dead)) }],
    ['the candidate hangs, which is for others to say', { candidate: sideOf(() => hung) }],
    ['gold dies once, too', { gold: sideOf((seed) => (seed === 6 ? dead : one)) }],
    ['gold is not quick', { gold: sideOf(() => hung) }],
  ])('says nothing where %s', async (_, sides) => {
    expect(await sut([suspect(dead)], sides)).toEqual([]);
  });

  it('asks nothing where gold died, too, or a set-up raised', async () => {
    const asked: string[] = [];
    const raised = anObservation({
      kind: 'setup-failed',
      exception: { type: 'builtins.ValueError', bases: [], message: 'no' },
    });
    const observed = [suspect(dead, anInput('f(1)'), dead), suspect(raised, anInput('f(2)'))];
    expect(await sut(observed, { gold: sideOf(() => one, asked) })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('holds little against a candidate that dies of arguments it is not made for, or in private', async () => {
    const contrived = anInput('f(None)', { domain: 'contrived', mutations: ['m'] });
    expect(await sut([suspect(dead, contrived)])).toMatchObject([{ grade: 'contrived' }]);
    expect(await sut([suspect(dead, anInput('f._g(1)'))])).toMatchObject([{ grade: 'internal' }]);
    const [found] = await sut([
      suspect(dead, contrived),
      suspect(dead, anInput('f(12)', { mutations: ['m'] })),
    ]);
    expect(found).toMatchObject({ grade: 'dies-where-gold-answers', input: { source: 'f(12)' } });
  });
});
