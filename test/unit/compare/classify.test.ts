import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/compare/classify.js';
import { compareObservations } from '../../../src/compare/compare.js';
import { signatureOf } from '../../../src/compare/signature.js';
import type { Canonical, Observation } from '../../../src/model/observation.js';
import { anObservation, answered, int, raised, str } from '../../helpers/builders.js';

describe('classify', () => {
  const [one, two, three] = [answered(int(1)), answered(int(2)), answered(int(3))];
  const silent = anObservation({ kind: 'timeout' });
  it.each([
    ['extra', one, one, two],
    ['missing', one, two, one],
    ['different', one, two, three],
    ['unclassified', silent, one, two],
  ] as const)('%s', (expected, base, gold, candidate) => {
    expect(classify(base, gold, candidate)).toBe(expected);
  });

  it('goes by what can be read where a part cannot be', () => {
    const opaque: Canonical = { t: 'opaque', type: 'm.Socket', why: 'a file' };
    const [before, after] = ['KeyError', 'ValueError'].map((type) => raised(type, '', {}));
    const withState = (one: Observation | undefined) => ({ ...(one ?? silent), state: { s: opaque } });
    expect(classify(withState(before), withState(after), withState(before))).toBe('missing');
    expect(classify(withState(before), withState(before), withState(after))).toBe('extra');
  });
});

describe('signatureOf', () => {
  const sut = (left: Observation, right: Observation) => {
    const comparison = compareObservations(left, right);
    return signatureOf(comparison.kind === 'different' ? comparison.differences : [], left, right);
  };

  it('is the same for other numbers, texts and values where only one side raises', () => {
    expect(sut(answered(int(1)), answered(int(2)))).toBe(sut(answered(int(5)), answered(int(9))));
    expect(sut(answered(int(1)), raised('NameError', 'a'))).toBe(
      sut(answered(str('x')), raised('NameError', 'b')),
    );
  });

  it('tells apart aspects, exception types, types, truth values and targets', () => {
    const [yes, no] = [answered({ t: 'bool', v: true }), answered({ t: 'bool', v: false })];
    const signatures = [
      sut(answered(int(1)), answered(int(2))),
      sut(answered(int(1)), answered(str('a'))),
      sut(answered(int(1)), raised('NameError')),
      sut(answered(int(1)), raised('KeyError')),
      sut(raised('KeyError'), answered(int(1))),
      sut(yes, no),
      sut(no, yes),
      sut(answered(int(1), { hits: ['a.py::f'] }), answered(int(2))),
    ];
    expect(new Set(signatures).size).toBe(signatures.length);
  });

  it('does not depend on which import happened to run', () => {
    const imported = answered(int(1), { hits: ['a.py::<module>'] });
    expect(sut(imported, answered(int(2)))).toBe(sut(answered(int(1)), answered(int(2))));
  });
});
