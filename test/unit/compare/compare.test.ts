import { describe, expect, it } from 'vitest';
import { compareObservations as sut } from '../../../src/compare/compare.js';
import type { Observation, Outcome } from '../../../src/model/observation.js';
import { anObservation, answered, int, raised } from '../../helpers/builders.js';

const aspects = (left: Observation, right: Observation) => {
  const comparison = sut(left, right);
  return comparison.kind === 'different'
    ? comparison.differences.map(({ aspect }) => aspect)
    : comparison.kind;
};

describe('no evidence', () => {
  const setupFailed: Outcome = {
    kind: 'setup-failed',
    exception: { type: 'builtins.ImportError', bases: [], message: '' },
  };
  it.each<Outcome>([
    { kind: 'timeout' },
    { kind: 'crashed', signal: 11 },
    { kind: 'exited', code: 0 },
    { kind: 'resource', what: 'memory' },
    setupFailed,
  ])('$kind is unknown on either side and on both', (outcome) => {
    const silent = anObservation(outcome);
    for (const [left, right] of [
      [silent, answered(int(1))],
      [answered(int(1)), silent],
      [silent, silent],
    ] as const) {
      expect(sut(left, right).kind).toBe('unknown');
    }
  });

  it('names the side and the reason', () => {
    expect(sut(answered(int(1)), anObservation({ kind: 'timeout' }))).toEqual({
      kind: 'unknown',
      reason: 'timeout on the right side',
    });
    expect(sut(anObservation(setupFailed), anObservation(setupFailed))).toEqual({
      kind: 'unknown',
      reason: 'set-up failed',
    });
  });
});

describe('aspects', () => {
  it.each<[string, Observation, Observation, unknown]>([
    ['a value against an exception', answered(int(1)), raised('NameError'), ['outcome']],
    ['exception types', raised('KeyError', 'a'), raised('IndexError', 'a'), ['exception-type']],
    ['messages', raised('KeyError', 'a'), raised('KeyError', 'b'), ['exception-message']],
    [
      'base classes of an exception',
      raised('MyError', '', { bases: ['builtins.ValueError'] }),
      raised('MyError', '', { bases: ['builtins.KeyError'] }),
      ['exception-type'],
    ],
    [
      'chained causes',
      raised('KeyError', '', { cause: { type: 'builtins.OSError', bases: [], message: '' } }),
      raised('KeyError'),
      ['exception-message'],
    ],
    ['output', answered(int(1), { stdout: 'a' }), answered(int(1), { stdout: 'b' }), ['stdout']],
    [
      'state',
      answered(int(1), { state: { x: int(1) } }),
      answered(int(1), { state: { x: int(2) } }),
      ['state'],
    ],
    ['a variable on one side only', answered(int(1), { state: { x: int(1) } }), answered(int(1)), ['state']],
    [
      'warnings',
      answered(int(1), { warnings: [{ category: 'UserWarning', message: 'w' }] }),
      answered(int(1)),
      ['warnings'],
    ],
  ])('%s', (_, left, right, expected) => {
    expect(aspects(left, right)).toEqual(expected);
  });

  it('puts the most telling first', () => {
    const left = answered(int(1), { stdout: 'a', state: { x: int(1) } });
    const right = answered(int(2), { stdout: 'b', state: { x: int(2) } });
    expect(aspects(left, right)).toEqual(['value', 'state', 'stdout']);
  });

  it('ignores hits and where an exception was raised', () => {
    const at = (line: number) => ({ file: 'a.py', line, function: 'f', explicit: true });
    const left = { ...raised('KeyError', 'a', { at: at(1) }), hits: ['a.py::f'] };
    expect(sut(left, raised('KeyError', 'a', { at: at(2) }))).toEqual({ kind: 'same' });
  });
});

it('is unknown where nothing differs but something could not be read, different where something does', () => {
  const opaque = { t: 'opaque', type: 'm.T', why: 'foreign' } as const;
  const left = answered(opaque, { stdout: 'a' });
  expect(sut(left, left)).toEqual({ kind: 'unknown', reason: 'result: m.T: foreign' });
  expect(aspects(left, answered(opaque, { stdout: 'b' }))).toEqual(['stdout']);
});
