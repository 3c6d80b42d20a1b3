import { describe, expect, it } from 'vitest';
import { unfoldSelf } from '../../../../src/inputs/seeds/self-variables.js';

const SET_UP = ['self = TestC()', 'self.clock = Clock()', 'self.c = C(self.clock, name="self.c")'];

describe('unfoldSelf', () => {
  it('gives what setUp keeps on self variables of its own, and leaves assertions', () => {
    expect(
      unfoldSelf({ setUp: SET_UP, statements: ['self.c.put(1)', 'self.assertEqual(len(self.c), 1)'] }, ''),
    ).toEqual({
      setUp: ['self = TestC()', 'clock = Clock()', 'c = C(clock, name="self.c")'],
      statements: ['c.put(1)', 'self.assertEqual(len(c), 1)'],
    });
  });

  it('takes a function of the set-up and the attribute of its name for one', () => {
    const setUp = ['self = TestC()', 'self.calls = []', 'def f(x):\n    self.calls.append(x)', 'self.f = f'];
    expect(unfoldSelf({ setUp, statements: ['self.f(1)'] }, '')).toEqual({
      setUp: ['self = TestC()', 'calls = []', 'def f(x):\n    calls.append(x)', 'f = f'],
      statements: ['f(1)'],
    });
    const rebound = ['f = 1', 'self.f(f)'];
    expect(unfoldSelf({ setUp, statements: rebound }, '').statements).toEqual(rebound);
  });

  it.each([
    ['self is used whole', ['f(self)'], ''],
    ['a helper of the class is called', ['self.check(self.c)'], ''],
    ['the test has a variable of that name', ['c = 1', 'f(self.c, c)'], ''],
    ['the module has something of that name', ['f(self.c)'], 'def clock():\n    pass'],
  ])('changes nothing where %s', (_, statements, prelude) => {
    expect(unfoldSelf({ setUp: SET_UP, statements }, prelude)).toEqual({ setUp: SET_UP, statements });
  });
});
