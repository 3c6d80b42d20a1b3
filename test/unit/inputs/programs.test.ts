import { describe, expect, it } from 'vitest';
import { revise } from '../../../src/inputs/input.js';
import { packPrograms } from '../../../src/inputs/programs.js';
import type { Input } from '../../../src/model/input.js';

const inputOf = (source: string, prefix: string[] = [], prelude = 'import m'): Input =>
  revise(
    {
      id: '',
      prelude: '',
      prefix: [],
      source: '',
      generator: 'test',
      seed: 's',
      seedOrigin: 'test',
      mutations: [],
      illTyped: false,
    },
    { source, prefix, prelude },
  );

const stepsOf = (inputs: readonly Input[]) =>
  packPrograms(inputs).map(({ steps }) => steps.map(({ kind, source }) => `${kind} ${source}`));

describe('packPrograms', () => {
  it('runs a shared set-up once and observes each input after its own prefix', () => {
    expect(stepsOf([inputOf('b()', ['x', 'y']), inputOf('a()', ['x']), inputOf('c()')])).toEqual([
      ['observe c()', 'exec x', 'observe a()', 'exec y', 'observe b()'],
    ]);
  });

  it('starts a new child where prefixes part', () => {
    expect(stepsOf([inputOf('a()', ['x']), inputOf('b()', ['y'])])).toEqual([
      ['exec x', 'observe a()'],
      ['exec y', 'observe b()'],
    ]);
  });

  it('starts a new child for another prelude', () => {
    const programs = packPrograms([inputOf('a()'), inputOf('b()', [], 'import n')]);
    expect(programs.map(({ prelude }) => prelude)).toEqual(['import m', 'import n']);
  });

  it('loses no input and repeats the prefix when a program is full', () => {
    const inputs = Array.from({ length: 100 }, (_, index) => inputOf(`f(${index})`, ['x = 1']));
    const programs = packPrograms(inputs);
    const observed = programs.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'observe' ? [step.input] : [])),
    );
    expect(new Set(observed)).toEqual(new Set(inputs.map(({ id }) => id)));
    expect(programs.length).toBeGreaterThan(1);
    expect(programs.every(({ steps }) => steps[0]?.source === 'x = 1')).toBe(true);
  });
});
