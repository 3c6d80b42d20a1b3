import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../../src/compare/pair.js';
import type { Domain } from '../../../../src/model/input.js';
import type { Observation } from '../../../../src/model/observation.js';
import { repeatedCalls } from '../../../../src/pipeline/confirm/repeated-calls.js';
import { anInput, answered, int } from '../../../helpers/builders.js';

const one = answered(int(1), { hits: ['pkg/f.py::f'] });
const observedOf = (source: string, candidate: Observation = one, domain: Domain = 'observed') => ({
  input: anInput(source, { prefix: ['a = 1'], domain }),
  gold: one,
  candidate,
  comparison: comparePair(one, candidate),
});

describe(repeatedCalls, () => {
  it('runs what both answered alike several times before it observes it', () => {
    const [input] = repeatedCalls([observedOf('f(a)')]);
    expect(input?.prefix).toEqual(['a = 1', ...Array.from({ length: 4 }, () => 'f(a)')]);
    expect(input).toMatchObject({ source: 'f(a)', generator: 'mutation', mutations: ['repeated call'] });
  });

  it('leaves out what differs, what does not reach the change, and arguments of a wrong type', () => {
    const differing = observedOf('f(2)', answered(int(2), { hits: ['pkg/f.py::f'] }));
    const elsewhere = observedOf('g(1)', answered(int(1)));
    expect(repeatedCalls([differing, elsewhere, observedOf('f(None)', one, 'contrived')])).toEqual([]);
  });
});
