import { describe, expect, it } from 'vitest';
import type { Input } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import { findLateAnswers } from '../../../../src/pipeline/confirm/late-answers.js';
import { secondsFromNow } from '../../../../src/platform/budget.js';
import { anInput, anObservation, answered, int } from '../../../helpers/builders.js';

const one = answered(int(1));
const hung = anObservation({ kind: 'timeout' });
const comparison = { kind: 'unknown', reason: 'timeout on the right side' } as const;

describe(findLateAnswers, () => {
  const observed = (source: string, gold: Observation, candidate: Observation) => ({
    ...{ input: anInput(source), gold, candidate, comparison },
  });
  const sut = (again: (input: Input) => Observation, ...all: ReturnType<typeof observed>[]) =>
    findLateAnswers(
      all,
      { seeds: [5, 6, 7], candidate: { observeAlone: answering(again) } },
      secondsFromNow(10),
    );
  const answering = (again: (input: Input) => Observation) => (inputs: readonly Input[]) =>
    Promise.resolve(new Map(inputs.map((input) => [input.id, again(input)])));

  it('finds what the candidate answers as gold does once it has the time', async () => {
    const late = observed('late', one, hung);
    const never = observed('never', one, hung);
    const other = observed('other', one, hung);
    const again: Record<string, Observation> = { late: one, never: hung, other: answered(int(2)) };
    const found = await sut(({ source }) => again[source] ?? one, late, never, other);
    expect([...found]).toEqual([late.input.id]);
  });

  it('asks nothing that gold did not answer either, or that the candidate did answer', async () => {
    const asked: string[] = [];
    const note = ({ source }: Input) => {
      asked.push(source);
      return one;
    };
    const dead = anObservation({ kind: 'crashed', signal: 9 });
    expect([
      ...(await sut(note, observed('a', hung, hung), observed('b', one, one), observed('c', one, dead))),
    ]).toEqual([]);
    expect(asked).toEqual([]);
  });
});
