import { expect, it } from 'vitest';
import { withoutDurations } from '../../../src/compare/durations.js';
import type { Canonical } from '../../../src/model/observation.js';
import { answered, raised } from '../../helpers/builders.js';

const result = (duration: string, line: string): Canonical => ({
  t: 'object',
  type: 'pytester.RunResult',
  public: {
    duration: { t: 'float', v: duration },
    ratio: { t: 'float', v: '0.25' },
    outlines: { t: 'list', items: [{ t: 'str', v: line }] },
  },
});

it('sets durations to zero in texts and attributes', () => {
  const sut = withoutDurations(
    answered(result('0.125', '=== 1 passed in 12.34s ==='), {
      stdout: 'took 3.5 seconds (350.0 ms) of 1.5 steps\n',
      hits: ['m.py::f'],
    }),
  );
  expect(sut).toEqual(
    answered(result('0.0', '=== 1 passed in 0.00s ==='), {
      stdout: 'took 0.00 seconds (0.00 ms) of 1.5 steps\n',
      hits: ['m.py::f'],
    }),
  );
});

it('leaves all else as it is', () => {
  const plain = answered({
    t: 'dict',
    ordered: false,
    entries: [
      [
        { t: 'str', v: 'time' },
        { t: 'float', v: '1.5' },
      ],
    ],
  });
  expect(withoutDurations(plain)).toEqual(plain);
  expect(withoutDurations(raised('ValueError', 'not 3s'))).toEqual(raised('ValueError', 'not 3s'));
});
