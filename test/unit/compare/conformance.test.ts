import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareObservations as sut } from '../../../src/compare/compare.js';
import type { Aspect } from '../../../src/model/divergence.js';
import type { Observation } from '../../../src/model/observation.js';

interface Vector {
  readonly name: string;
  readonly left: Observation;
  readonly right: Observation;
  readonly expect: 'same' | 'unknown' | { readonly aspects: readonly Aspect[] };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../conformance/compare.json', import.meta.url), 'utf8'),
) as Vector[];

it.each(vectors)('$name, in both directions', ({ left, right, expect: expected }) => {
  for (const comparison of [sut(left, right), sut(right, left)]) {
    const found =
      comparison.kind === 'different'
        ? { aspects: [...new Set(comparison.differences.map(({ aspect }) => aspect))] }
        : comparison.kind;
    expect(found).toEqual(expected);
  }
});
