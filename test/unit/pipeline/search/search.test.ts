import { expect, it } from 'vitest';
import type { SeedBank } from '../../../../src/pipeline/seeds/seed-bank.js';
import { Budget, type TimeLimit } from '../../../../src/platform/budget.js';
import { search } from '../../../../src/pipeline/search/search.js';
import { FixEvidence } from '../../../../src/pipeline/search/fix-evidence.js';
import { DEFAULT_OPTIONS } from '../../../../src/model/options.js';
import { FirstDifferences, PairObserver } from '../../../../src/observe/pair-observer.js';
import { observeRound, type SearchBudget } from '../../../../src/pipeline/seeds/seed-round.js';
import { minePool } from '../../../../src/inputs/mutate/pool.js';
import type { Input, Seed } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import { answered, int } from '../../../helpers/builders.js';

/** The time of a test, in milliseconds; only what the sides do moves it. */
let now = 0;
const clock = () => now;

/** A side on which every input takes `milliseconds`, and that stops when the time is up where they take any. */
const sideOf = (milliseconds: number, answer: () => Observation = () => answered(int(1))) => ({
  observe: (inputs: readonly Input[], limit: TimeLimit) => {
    const answers = new Map<string, Observation>();
    for (const { id } of inputs) {
      if (milliseconds > 0 && limit.left <= 0) break;
      now += milliseconds;
      answers.set(id, answer());
    }
    return Promise.resolve(answers);
  },
});

const seeds = Array.from({ length: 300 }, (_, index): Seed => {
  const id = `test_${index}`;
  return { id, origin: 'test', label: id, prelude: '', setUp: [], statements: [`f(${index})`] };
});
const host = { test: 'tests/test_a.py::test_a', names: ['tmp_path'], marks: [] };
const pool = minePool({ examples: [], constants: [], modules: [] });
const bankOf = (some: readonly Seed[]): SeedBank => ({
  seeds: some,
  surroundings: () => ({ pool, widen: (input) => input }),
});

const searched = async (
  some: readonly Seed[],
  gold: ReturnType<typeof sideOf>,
  budgetSeconds: number,
  survey: () => Promise<readonly Seed[]> = () => Promise.resolve(some),
) => {
  const observer = new PairObserver(gold, sideOf(0), new Map(), new FirstDifferences(() => 0));
  const budget: SearchBudget = new Budget(budgetSeconds, clock);
  const round = await budget.spend('seeds', () => observeRound({ known: some, survey }, observer, budget));
  const space = { bank: bankOf(some), targets: [], tables: [], places: [] };
  return search(space, round, {
    observer,
    fix: new FixEvidence(sideOf(0)),
    budget,
    options: DEFAULT_OPTIONS,
  });
};

/** How many inputs of seeds and mutants were observed, and whether time cut that. */
async function sut(milliseconds: number, budgetSeconds: number) {
  const { observed, budgetCut } = await searched(seeds, sideOf(milliseconds), budgetSeconds);
  const mutants = observed.filter(({ input }) => input.mutations.length > 0).length;
  return { seeds: observed.length - mutants, mutants, budgetCut };
}

it('leaves most of the time to mutants where seeds are slow', async () => {
  const { seeds: ofSeeds, mutants, budgetCut } = await sut(100, 20);
  expect(ofSeeds).toBe(80);
  expect(mutants).toBe(120);
  expect(budgetCut).toBe(true);
});

it('observes known seeds before it finds out which others are worth it, for which it takes no time from the search', async () => {
  const hour = 3_600_000;
  const survey = () => {
    now += hour;
    return Promise.resolve(seeds);
  };
  const began = now;
  const asked: [string, number][] = [];
  const gold = sideOf(100);
  const noting = {
    observe: (inputs: readonly Input[], limit: TimeLimit) => {
      asked.push(...inputs.map(({ seed }): [string, number] => [seed, now - began]));
      return gold.observe(inputs, limit);
    },
  };
  const { observed } = await searched(seeds.slice(295), noting, 20, survey);
  expect(observed.length).toBe(200);
  const early = asked.filter(([, after]) => after < hour).map(([seed]) => seed);
  expect(early).toEqual(seeds.slice(295).map(({ id }) => id));
  expect(new Set(asked.slice(5).map(([seed]) => seed))).toContain('test_0');
});

it('comes back to the seeds that were left when mutants teach nothing more', async () => {
  const { seeds: ofSeeds, mutants, budgetCut } = await sut(100, 3600);
  expect(ofSeeds).toBe(300);
  expect(mutants).toBeGreaterThan(0);
  expect(budgetCut).toBe(false);
  const late = await sut(100, 60);
  expect(late).toMatchObject({ seeds: 240, budgetCut: true });
});

it('finds out which hosted seeds are unsteady even where their time is up', async () => {
  let asked = 0;
  const gold = sideOf(100, () => answered(int(asked++)));
  const hosted = seeds.map((seed) => ({ ...seed, host }));
  const { observed, unsteady } = await searched(hosted, gold, 20);
  expect(unsteady.length).toBe(80);
  expect(observed.filter(({ input }) => input.mutations.length > 0)).toEqual([]);
});
