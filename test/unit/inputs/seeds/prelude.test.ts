import { describe, expect, it } from 'vitest';
import { joinPreludes, withFile } from '../../../../src/inputs/seeds/prelude.js';

describe(joinPreludes, () => {
  it('leaves to the first place what is imported from the future', () => {
    expect(
      joinPreludes([
        'from __future__ import annotations\nimport os\n',
        '',
        'import sys\nfrom __future__ import annotations\nfrom __future__ import (division,\n  print_function)\nx = 1',
      ]),
    ).toBe(
      'from __future__ import annotations\nfrom __future__ import (division,\n  print_function)\nimport os\nimport sys\nx = 1',
    );
  });

  it('does not bind again what is bound so already', () => {
    const [here, other] = ['HERE = 1', 'HERE = 2'];
    expect(joinPreludes([`${here}\nx = f(HERE)`, `${here}\ny = 3`])).toBe(`${here}\nx = f(HERE)\ny = 3`);
    expect(joinPreludes([here, other, here])).toBe([here, other, here].join('\n'));
    expect(joinPreludes(['f()', 'f()'])).toBe('f()\nf()');
  });

  it('is nothing where there is nothing', () => {
    expect(joinPreludes(['', ''])).toBe('');
  });
});

describe(withFile, () => {
  it('binds __file__ where it is read', () => {
    const [first, ...rest] = withFile('HERE = os.path.dirname(__file__)', 'tests/test_a.py').split('\n');
    expect(first).toMatch(/^__file__ = .*"\/tests\/test_a\.py"/);
    expect(rest).toEqual(['HERE = os.path.dirname(__file__)']);
    expect(withFile('x = 1', 'tests/test_a.py', ['open(__file__)'])).toMatch(/^__file__ = /);
    expect(withFile('x = 1', 'tests/test_a.py')).toBe('x = 1');
  });
});
