import { describe, expect, it } from 'vitest';
import { revise } from '../../../../src/inputs/program/input.js';
import { packPrograms, programAlone } from '../../../../src/inputs/program/programs.js';
import type { Input } from '../../../../src/model/input.js';

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
      domain: 'observed',
    },
    { source, prefix, prelude },
  );

const stepsOf = (inputs: readonly Input[]) =>
  packPrograms(inputs).map(({ steps }) => steps.map(({ kind, source }) => `${kind} ${source}`));

describe('packPrograms', () => {
  it('runs a shared set-up once and observes each input after its own prefix', () => {
    expect(stepsOf([inputOf('b()', ['x', 'y']), inputOf('a()', ['x']), inputOf('c()')])).toEqual([
      ['prelude import m', 'observe c()', 'exec x', 'observe a()', 'exec y', 'observe b()'],
    ]);
  });

  it('begins anew where prefixes part and for another prelude', () => {
    expect(stepsOf([inputOf('a()', ['x']), inputOf('b()', ['y']), inputOf('c()', [], 'import n')])).toEqual([
      [
        ...['prelude import m', 'exec x', 'observe a()'],
        ...['prelude import m', 'exec y', 'observe b()'],
        ...['prelude import n', 'observe c()'],
      ],
    ]);
  });

  it('loses no input and repeats the prefix when a program is full', () => {
    const inputs = Array.from({ length: 100 }, (_, index) => inputOf(`f(${index})`, ['x = 1']));
    const programs = packPrograms(inputs);
    const observed = programs.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'observe' ? [step.input] : [])),
    );
    expect(new Set(observed)).toEqual(new Set(inputs.map(({ id }) => id)));
    expect(programs.length).toBeGreaterThan(1);
    for (const { steps } of programs)
      expect(steps.slice(0, 2).map(({ source }) => source)).toEqual(['import m', 'x = 1']);
  });
});

describe('programs with a host', () => {
  const host = { test: 't.py::test_a', names: ['app'], marks: [] };
  const hosted = (source: string, prefix: string[] = []) => revise({ ...inputOf(source, prefix), host }, {});

  it('is another input than the same without one', () => {
    expect(hosted('a()').id).not.toBe(inputOf('a()').id);
    expect(programAlone(hosted('a()'))).toMatchObject({ host });
  });

  it('has one prelude, and shares nothing with what has none', () => {
    const inputs = [
      inputOf('a()'),
      hosted('a()'),
      hosted('b()', ['x']),
      hosted('c()', ['y']),
      inputOf('d()', [], 'import n'),
    ];
    const programs = packPrograms(inputs).map((program) => [
      program.host?.test,
      program.steps.filter(({ kind }) => kind === 'prelude').length,
      program.steps.flatMap(({ kind, source }) => (kind === 'observe' ? [source] : [])).join(),
    ]);
    expect(programs).toEqual([
      [undefined, 1, 'a()'],
      [host.test, 1, 'a(),b()'],
      [host.test, 1, 'c()'],
      [undefined, 1, 'd()'],
    ]);
  });
});

describe('programAlone', () => {
  it('has the prelude, the prefix and the one input', () => {
    const { steps } = programAlone(inputOf('a()', ['x']));
    expect(steps.map(({ kind, source }) => `${kind} ${source}`)).toEqual([
      'prelude import m',
      'exec x',
      'observe a()',
    ]);
  });
});
