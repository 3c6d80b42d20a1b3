import { describe, expect, it } from 'vitest';
import { NO_LIMIT, type TimeLimit } from '../../../src/platform/budget.js';
import type { Observes } from '../../../src/observe/side-probes.js';
import { FirstDifferences, PairObserver } from '../../../src/observe/pair-observer.js';
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
  const { observed, cut } = await sut.observe(
    sources.map((source) => anInput(source)),
    { limit: NO_LIMIT },
  );
  return { kinds: observed.map(({ comparison }) => comparison.kind), cut };
};

/** An observer of two sides, with gold's answers so far. */
const observerOf = (
  gold: Observes,
  candidate: Observes,
  goldAnswers = new Map<string, Observation>(),
  differences = new FirstDifferences(() => 0),
) => new PairObserver(gold, candidate, goldAnswers, differences);

describe(PairObserver, () => {
  it('compares what both sides answered', async () => {
    const sut = observerOf(new Answering({ a: one, b: one }), new Answering({ a: one, b: two }));
    expect(await kindsOf(sut, 'a', 'b')).toEqual({ kinds: ['same', 'different'], cut: false });
  });

  it('ends early when it is told that it is enough', async () => {
    const inputs = Array.from({ length: 1000 }, (_, index) => anInput(`f(${index})`));
    const side = new Answering(Object.fromEntries(inputs.map(({ id }) => [id, one])));
    const sut = observerOf(side, side);
    const { observed, cut } = await sut.observe(inputs, { limit: NO_LIMIT, enough: () => true });
    expect([observed.length, cut]).toEqual([40, false]);
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
    const sut = observerOf(side, side);
    const { observed } = await sut.observe(inputs(), { limit: NO_LIMIT, enough: () => made >= 400 });
    expect(observed.length).toBe(240);
    expect(madeWhenAsked).toEqual([39, 39, 239, 239]);
    expect(made).toBe(439);
  });

  it('gives less time after many inputs that hung', async () => {
    const inputs = Array.from({ length: 600 }, (_, index) => anInput(`f(${index})`));
    const given: (number | undefined)[] = [];
    const gold = new Answering(Object.fromEntries(inputs.map(({ id }) => [id, one])));
    const hanging = {
      observe: (some: readonly Input[], _: TimeLimit, seconds?: number) => {
        given.push(seconds);
        // Twelve of the second time do not end.
        const answer = (index: number) => (given.length === 2 && index < 12 ? slow : one);
        return Promise.resolve(new Map(some.map(({ id }, index) => [id, answer(index)])));
      },
    };
    await observerOf(gold, hanging).observe(inputs, { limit: NO_LIMIT, secondsPerInput: 1 });
    expect(given).toEqual([1, 1, 0.25, 0.25]);
  });

  it('asks gold once for all candidates, and no later candidate where gold gave no evidence', async () => {
    const gold = new Answering({ a: one, hangs: slow });
    const [first, second] = [new Answering({ a: one, hangs: one }), new Answering({ a: two, hangs: one })];
    const answers = new Map<string, Observation>();
    const ofFirst = await kindsOf(observerOf(gold, first, answers), 'a', 'hangs');
    expect(ofFirst.kinds).toEqual(['same', 'unknown']);
    const ofSecond = await kindsOf(observerOf(gold, second, answers), 'a', 'hangs');
    expect(ofSecond.kinds).toEqual(['different', 'unknown']);
    expect(gold.asked).toEqual(['a', 'hangs']);
    expect(second.asked).toEqual(['a']);
  });

  it('says which inputs gold answers otherwise when asked again', async () => {
    const answers: Record<string, Observation> = { a: one, b: one };
    const sut = observerOf(new Answering(answers), new Answering({ a: one, b: one }));
    await kindsOf(sut, 'a', 'b');
    answers['b'] = two;
    expect(await sut.unsteady([anInput('a'), anInput('b')], NO_LIMIT)).toEqual(new Set(['b']));
  });

  it('notes when each generator first showed a difference', async () => {
    const answers = { a: one, b: one, c: one };
    let seconds = 0;
    const differences = new FirstDifferences(() => ++seconds);
    const candidate = new Answering({ ...answers, b: two });
    const sut = observerOf(new Answering(answers), candidate, new Map(), differences);
    await sut.observe([anInput('a'), anInput('c', { generator: 'mutation' })], { limit: NO_LIMIT });
    expect(differences.seconds).toEqual({});
    for (let time = 0; time < 2; time++)
      await sut.observe([anInput('b', { generator: 'mutation' })], { limit: NO_LIMIT });
    expect(differences.seconds).toEqual({ mutation: 1 });
  });

  it('is cut where a side left an input unanswered', async () => {
    const sut = observerOf(new Answering({ a: one, b: one }), new Answering({ a: one }));
    expect(await kindsOf(sut, 'a', 'b')).toEqual({ kinds: ['same'], cut: true });
  });

  it('observes nothing once the time is up', async () => {
    const gold = new Answering({ a: one });
    const sut = observerOf(gold, new Answering({ a: one }));
    expect(await sut.observe([anInput('a')], { limit: { left: 0 } })).toEqual({ observed: [], cut: true });
    expect(gold.asked).toEqual([]);
  });
});
