import { expect, it } from 'vitest';
import { minePool } from '../../../../src/inputs/mutate/pool.js';
import { revise } from '../../../../src/inputs/program/input.js';
import type { Input, Seed } from '../../../../src/model/input.js';
import { FirstDifferences, PairObserver } from '../../../../src/observe/pair-observer.js';
import { FixEvidence } from '../../../../src/pipeline/search/fix-evidence.js';
import { widePreludes } from '../../../../src/pipeline/search/wide-preludes.js';
import { DEFAULT_OPTIONS } from '../../../../src/model/options.js';
import { Budget } from '../../../../src/platform/budget.js';
import { anInput, anObservation, answered, int } from '../../../helpers/builders.js';

const seedIn = (id: string, file: string): Seed => ({
  ...{ id, origin: 'test', file, label: id, prelude: '', setUp: [], statements: [] },
});

it('draws only on modules whose names can be bound where mutants run, and asks once for each', async () => {
  const asked: string[] = [];
  const side = {
    observe: (inputs: readonly Input[]) => {
      asked.push(...inputs.map(({ prelude }) => prelude));
      const failed = anObservation({
        ...{ kind: 'setup-failed', exception: { type: 'builtins.ImportError', bases: [], message: '' } },
      });
      return Promise.resolve(
        new Map(
          inputs.map(({ id, prelude }) => [id, prelude.includes('broken') ? failed : answered(int(1))]),
        ),
      );
    },
  };
  const seeds = [seedIn('a', 'test_broken.py'), seedIn('b', 'test_broken.py'), seedIn('c', 'test_fine.py')];
  const bank = {
    seeds,
    surroundings: ({ seed }: Input) => ({
      pool: minePool({ examples: [], constants: [], modules: [] }),
      widen: (input: Input) => revise(input, { prelude: seeds.find(({ id }) => id === seed)?.file ?? '' }),
    }),
  };
  const observed = seeds.map(({ id }) => {
    const input = anInput(`f(${id})`, { seed: id });
    return {
      input,
      gold: answered(int(1)),
      candidate: answered(int(1)),
      comparison: { kind: 'same' } as const,
    };
  });
  const wide = await widePreludes(
    observed,
    { bank, targets: [], tables: [], places: [] },
    {
      observer: new PairObserver(side, side, new Map(), new FirstDifferences(() => 0)),
      fix: new FixEvidence(side),
      budget: new Budget(60),
      options: DEFAULT_OPTIONS,
    },
  );
  expect(observed.map(({ input }) => wide(input))).toEqual([false, false, true]);
  expect(asked.filter((prelude) => prelude === 'test_broken.py').length).toBeLessThanOrEqual(2);
});
