import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../../src/observe/probe/batches.js';
import { firstInputOf, Outstanding } from '../../../../src/observe/probe/outstanding.js';
import type { Program } from '../../../../src/model/input.js';

/** Of `-` (a prelude), capital letters (set-up) and small ones (inputs). */
const aProgram = (id: string, steps: string): Program => ({
  id,
  steps: Array.from(steps, (letter) =>
    letter === '-'
      ? { kind: 'prelude', source: letter }
      : letter === letter.toUpperCase()
        ? { kind: 'exec', source: letter }
        : { kind: 'observe', input: `${id}-${letter}`, source: letter },
  ),
});
const steps = ({ steps: all }: Program): string => all.map(({ source }) => source).join('');

describe('inBatches', () => {
  const programs = ['a', 'b', 'c', 'd'].map((id) => aProgram(id, '-x'));
  const size = JSON.stringify(programs[0]).length;
  const ids = (maximum: number) =>
    inBatches(programs, maximum).map((batch) => batch.map(({ id }) => id).join(''));

  it('fills batches in order', () => {
    expect(ids(2 * size)).toEqual(['ab', 'cd']);
    expect(ids(2 * size - 1)).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(100 * size)).toEqual(['abcd']);
  });

  it('leaves a program alone that is larger than a batch', () => {
    expect(ids(1)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('makes nothing of nothing', () => {
    expect(inBatches([])).toEqual([]);
  });
});

describe('the outstanding inputs', () => {
  it('keep the steps that set up what is left', () => {
    const sut = new Outstanding([aProgram('p', '-AxByCz'), aProgram('q', '-x')]);
    expect(sut.settle('p', 'p-x')).toBe(true);
    expect(sut.settle('q', 'q-x')).toBe(true);
    expect(sut.programs().map((program) => [program.id, steps(program)])).toEqual([['p', '-AByCz']]);
  });

  it('do without set-ups whose inputs were all observed', () => {
    const sut = new Outstanding([aProgram('p', '-Ax-Byz-Cw')]);
    for (const input of ['p-x', 'p-y', 'p-w']) sut.settle('p', input);
    expect(sut.programs().map(steps)).toEqual(['-Bz']);
  });

  it('know what nobody waits for', () => {
    const sut = new Outstanding([aProgram('p', '-x')]);
    expect(sut.settle('p', 'q-x')).toBe(false);
    expect(sut.settle('q', 'p-x')).toBe(false);
    expect([sut.settle('p', 'p-x'), sut.settle('p', 'p-x')]).toEqual([true, false]);
  });

  it('end with the first input when it must be alone', () => {
    expect(steps(firstInputOf(aProgram('p', 'ABxCy')))).toBe('ABx');
  });
});
