import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../src/compare/pair.js';
import type { Canonical } from '../../../src/model/observation.js';
import { answered, int, list, object, raised, str } from '../../helpers/builders.js';

const opaque = (type: string): Canonical => ({ t: 'opaque', type, why: 'no attributes' });
const kindOf = (gold: Canonical, candidate: Canonical) =>
  comparePair(answered(gold), answered(candidate)).kind;

describe(comparePair, () => {
  it('tells a value that cannot be read from a text by its type', () => {
    expect(comparePair(answered(str('a')), answered(opaque('_thread.lock')))).toMatchObject({
      kind: 'different',
      differences: [{ aspect: 'type', path: '' }],
    });
    expect(kindOf(list(str('a')), list(opaque('_thread.lock')))).toBe('different');
  });

  it('does not where the types may be the same, or gold cannot be read either', () => {
    expect(kindOf(int(1), opaque('builtins.int'))).toBe('unknown');
    expect(kindOf(object('pkg.Lock', 'Lock()'), opaque('pkg.Lock'))).toBe('unknown');
    expect(kindOf(object('pkg.Box', 'Box()'), opaque('pkg.Lock'))).toBe('unknown');
    expect(kindOf(opaque('_thread.lock'), opaque('_thread.RLock'))).toBe('unknown');
    expect(kindOf(list(opaque('a.B'), str('a')), list(opaque('a.B'), opaque('a.C')))).toBe('unknown');
  });

  it('compares everything else as it is', () => {
    expect(kindOf(int(1), int(1))).toBe('same');
    expect(kindOf(int(1), int(2))).toBe('different');
    expect(comparePair(answered(int(1)), raised('KeyError')).kind).toBe('different');
  });
});
