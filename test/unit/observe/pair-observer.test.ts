import { describe, expect, it } from 'vitest';
import { PairObserver } from '../../../src/observe/pair-observer.js';
import type { Input } from '../../../src/model/input.js';
import type { Observation } from '../../../src/model/observation.js';
import { anInput, anObservation, answered, int } from '../../helpers/builders.js';

/** A side with fixed answers, which remembers what it was asked. */
class Answering {
  readonly asked: string[] = [];
  constructor(private readonly answers: Readonly<Record<string, Observation>>) {}

  observe(inputs: readonly Input[]): Promise<Map<string, Observation>> {
    this.asked.push(...inputs.map(({ id }) => id));
    const pairs = inputs.flatMap(({ id }) => {
      const answer = this.answers[id];
      return answer ? [[id, answer] as const] : [];
    });
    return Promise.resolve(new Map(pairs));
  }
}

const one = answered(int(1));
const two = answered(int(2));
const slow = anObservation({ kind: 'timeout' });
const kindsOf = async (sut: PairObserver, ...sources: string[]) => {
  const observed = await sut.observe(
    sources.map((source) => anInput(source)),
    Infinity,
  );
  return observed.map(({ comparison }) => comparison.kind);
};

describe(PairObserver, () => {
  it('compares what both sides answered', async () => {
    const sut = new PairObserver(
      new Answering({ a: one, b: one }),
      new Answering({ a: one, b: two }),
      new Map(),
    );
    expect(await kindsOf(sut, 'a', 'b')).toEqual(['same', 'different']);
    expect(sut.cut).toBe(false);
  });

  it('ends early when it is told that it is enough', async () => {
    const inputs = Array.from({ length: 1000 }, (_, index) => anInput(`f(${index})`));
    const side = new Answering(Object.fromEntries(inputs.map(({ id }) => [id, one])));
    const sut = new PairObserver(side, side, new Map());
    const observed = await sut.observe(inputs, Infinity, 1, () => true);
    expect(observed.length).toBe(40);
    expect(sut.cut).toBe(false);
  });

  it('makes the next inputs while the sides answer, and no more than those', async () => {
    let made = 0;
    const inputs = function* () {
      for (; made < 1000; made++) yield anInput(`f(${made})`);
    };
    const madeWhenAsked: number[] = [];
    const side = {
      observe: (some: readonly Input[]) => {
        madeWhenAsked.push(made);
        return Promise.resolve(new Map(some.map(({ id }) => [id, one])));
      },
    };
    const sut = new PairObserver(side, side, new Map());
    const observed = await sut.observe(inputs(), Infinity, 1, () => made >= 400);
    expect(observed.length).toBe(240);
    expect(madeWhenAsked).toEqual([39, 39, 239, 239]);
    expect(made).toBe(439);
  });

  it('gives less time after many inputs that hung', async () => {
    const inputs = Array.from({ length: 600 }, (_, index) => anInput(`f(${index})`));
    const given: (number | undefined)[] = [];
    const gold = new Answering(Object.fromEntries(inputs.map(({ id }) => [id, one])));
    const hanging = {
      observe: (some: readonly Input[], _: number, seconds?: number) => {
        given.push(seconds);
        // Twelve of the second time do not end.
        const answer = (index: number) => (given.length === 2 && index < 12 ? slow : one);
        return Promise.resolve(new Map(some.map(({ id }, index) => [id, answer(index)])));
      },
    };
    await new PairObserver(gold, hanging, new Map()).observe(inputs, Infinity, 1);
    expect(given).toEqual([1, 1, 0.25, 0.25]);
  });

  it('asks gold once for all candidates, and no later candidate where gold gave no evidence', async () => {
    const gold = new Answering({ a: one, hangs: slow });
    const [first, second] = [new Answering({ a: one, hangs: one }), new Answering({ a: two, hangs: one })];
    const answers = new Map<string, Observation>();
    expect(await kindsOf(new PairObserver(gold, first, answers), 'a', 'hangs')).toEqual(['same', 'unknown']);
    expect(await kindsOf(new PairObserver(gold, second, answers), 'a', 'hangs')).toEqual([
      'different',
      'unknown',
    ]);
    expect(gold.asked).toEqual(['a', 'hangs']);
    expect(second.asked).toEqual(['a']);
  });

  it('says which inputs gold answers otherwise when asked again', async () => {
    const answers: Record<string, Observation> = { a: one, b: one };
    const sut = new PairObserver(new Answering(answers), new Answering({ a: one, b: one }), new Map());
    await kindsOf(sut, 'a', 'b');
    answers['b'] = two;
    expect(await sut.unsteady([anInput('a'), anInput('b')], Infinity)).toEqual(new Set(['b']));
  });

  it('notes when each generator first showed a difference', async () => {
    const answers = { a: one, b: one, c: one };
    const sut = new PairObserver(new Answering(answers), new Answering({ ...answers, b: two }), new Map());
    const before = Date.now();
    await sut.observe([anInput('a'), anInput('c', { generator: 'mutation' })], Infinity);
    expect(sut.firstDifference.size).toBe(0);
    await sut.observe([anInput('b', { generator: 'mutation' })], Infinity);
    expect([...sut.firstDifference.keys()]).toEqual(['mutation']);
    expect(sut.firstDifference.get('mutation')).toBeGreaterThanOrEqual(before);
  });

  it('is cut where a side left an input unanswered', async () => {
    const sut = new PairObserver(new Answering({ a: one, b: one }), new Answering({ a: one }), new Map());
    expect(await kindsOf(sut, 'a', 'b')).toEqual(['same']);
    expect(sut.cut).toBe(true);
  });

  it('observes nothing past the deadline', async () => {
    const gold = new Answering({ a: one });
    const sut = new PairObserver(gold, new Answering({ a: one }), new Map());
    expect(await sut.observe([anInput('a')], 0)).toEqual([]);
    expect(sut.cut).toBe(true);
    expect(gold.asked).toEqual([]);
  });
});
