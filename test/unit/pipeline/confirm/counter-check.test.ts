import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../../src/compare/pair.js';
import type { Input } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import type { Observed } from '../../../../src/observe/pair-observer.js';
import type { PlainAnswer } from '../../../../src/observe/probe/plain.js';
import { counterCheck } from '../../../../src/pipeline/confirm/counter-check.js';
import { gradeDifference } from '../../../../src/pipeline/confirm/graded-difference.js';
import type { ThreeSides } from '../../../../src/pipeline/confirm/three-sides.js';
import { NO_LIMIT } from '../../../../src/platform/budget.js';
import { NO_GROUND, anInput, answered, int, object, raised } from '../../../helpers/builders.js';

const HIT = { hits: ['pkg/f.py::f'] };
const [one, two] = [answered(int(1), HIT), answered(int(2), HIT)];
const shown = answered(object('pkg.Box', 'Box(1)'), HIT);
const prints = (text: string, type = 'builtins.int'): PlainAnswer => ({ kind: 'value', type, text });

/** A side that is observed to answer one thing; plainly it prints what the list says, one each time, then its last. */
function sideOf(answer: Observation, ...printed: (PlainAnswer | undefined)[]): ThreeSides['gold'] {
  const queue = [...printed];
  return {
    observeAlone: (inputs: readonly Input[]) =>
      Promise.resolve(new Map(inputs.map(({ id }) => [id, answer] as const))),
    observe: () => Promise.resolve(new Map()),
    verify: () => Promise.resolve({ status: 'crashed' }),
    plainly: (inputs) => {
      const next = queue.length > 1 ? queue.shift() : queue[0];
      return Promise.resolve(new Map(inputs.flatMap(({ id }) => (next ? [[id, next] as const] : []))));
    },
  };
}

const observedOf = (gold: Observation, candidate: Observation, input = anInput('f(1)')): Observed => ({
  ...{ input, gold, candidate },
  comparison: comparePair(gold, candidate),
});
const sut = (
  gold: ThreeSides['gold'],
  candidate: ThreeSides['candidate'],
  observed: readonly Observed[] = [observedOf(one, one)],
) =>
  counterCheck(
    observed,
    [],
    { ground: NO_GROUND, base: sideOf(one), gold, candidate, seeds: [5, 6, 7] },
    NO_LIMIT,
  );

describe(counterCheck, () => {
  it('finds what both are observed to answer and only gold prints, every time', async () => {
    const found = await sut(sideOf(one, prints('1')), sideOf(one, prints('7')));
    expect(found).toMatchObject([
      { grade: 'behaves-differently-when-observed', plain: { gold: '1', candidate: '7' }, candidate: one },
    ]);
  });

  it('finds a candidate whose script ends, or raises', async () => {
    const ends: PlainAnswer = { kind: 'ended', type: '', text: '' };
    expect(await sut(sideOf(one, prints('1')), sideOf(one, ends))).toMatchObject([
      { plain: { candidate: 'ends the process' } },
    ]);
    const raises: PlainAnswer = { kind: 'raised', type: 'builtins.KeyError', text: 'no' };
    expect(await sut(sideOf(one, prints('1')), sideOf(one, raises))).toMatchObject([
      { plain: { candidate: 'raises KeyError: no' } },
    ]);
  });

  it('compares the prints of values that cannot be told from what was observed', async () => {
    const box = (text: string) => prints(text, 'pkg.Box');
    const observed = [observedOf(shown, shown)];
    expect(await sut(sideOf(shown, box('Box(1)')), sideOf(shown, box('Box(2)')), observed)).toHaveLength(1);
    expect(await sut(sideOf(shown, box('Box(1)')), sideOf(shown, box('Box(1)')), observed)).toEqual([]);
  });

  it.each<[string, ThreeSides['gold'], ThreeSides['candidate']]>([
    ['both print the same', sideOf(one, prints('3')), sideOf(one, prints('3'))],
    ['gold, too, prints another thing than was observed', sideOf(one, prints('3')), sideOf(one, prints('7'))],
    ['gold prints nothing', sideOf(one, undefined), sideOf(one, prints('7'))],
    ['the candidate was not come to', sideOf(one, prints('1')), sideOf(one, undefined)],
    [
      'the candidate prints it once',
      sideOf(one, prints('1')),
      sideOf(one, prints('7'), prints('7'), prints('1')),
    ],
    ['gold changes', sideOf(shown, prints('a'), prints('a'), prints('b')), sideOf(shown, prints('c'))],
    ['the observation does not repeat', sideOf(one, prints('1')), sideOf(two, prints('1'))],
  ])('says nothing where %s', async (_, gold, candidate) => {
    expect(await sut(gold, candidate)).toEqual([]);
  });

  it('says nothing of a set-up that does not run plainly, and runs nothing in the place of a test', async () => {
    const failed: PlainAnswer = { kind: 'set-up', type: 'builtins.NameError', text: '' };
    expect(await sut(sideOf(one, failed), sideOf(one, prints('7')))).toEqual([]);
    expect(await sut(sideOf(one, prints('1')), sideOf(one, failed))).toEqual([]);
    const host = { test: 't.py::test', names: [], marks: [] };
    const hosted = [observedOf(one, one, anInput('f(1)', { host }))];
    expect(await sut(sideOf(one, prints('1')), sideOf(one, prints('7')), hosted)).toEqual([]);
  });

  it('finds a candidate that is observed to differ and prints another thing', async () => {
    const check = (candidate: ThreeSides['candidate'], answer: Observation) => {
      const facts = { input: anInput('f(1)'), base: one, gold: one, candidate: answer };
      const comparison = comparePair(one, answer);
      if (comparison.kind !== 'different') throw new Error('they must differ');
      const finding = gradeDifference({ ...facts, differences: comparison.differences }, [], NO_GROUND);
      const gold = sideOf(one, prints('1'));
      return counterCheck(
        [],
        [finding],
        { ground: NO_GROUND, base: sideOf(one), gold, candidate, seeds: [5, 6, 7] },
        NO_LIMIT,
      );
    };
    expect(await check(sideOf(two, prints('1')), two)).toHaveLength(1);
    expect(await check(sideOf(two, prints('2')), two)).toEqual([]);
    const raises: PlainAnswer = { kind: 'raised', type: 'builtins.KeyError', text: '' };
    expect(await check(sideOf(raised('KeyError'), raises), raised('KeyError'))).toEqual([]);
  });
});
