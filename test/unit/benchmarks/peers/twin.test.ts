import { describe, expect, it } from 'vitest';
import { importTwins, twinOf } from '../../../../benchmarks/bench/peers/twin.js';

describe(twinOf, () => {
  it('stands beside the file', () => {
    expect(twinOf('pkg/mod.py')).toBe('pkg/mod_candidate.py');
  });
});

describe(importTwins, () => {
  it.each([
    ['from pkg.mod import f', 'from pkg.mod_candidate import f'],
    ['    from .mod import f', '    from .mod_candidate import f'],
    ['import pkg.mod as m', 'import pkg.mod_candidate as m'],
    ['from pkg.mods import f', 'from pkg.mods import f'],
    ['from pkg.mod.deep import f', 'from pkg.mod.deep import f'],
    ['x = "from pkg.mod import f"', 'x = "from pkg.mod import f"'],
  ])('turns %s into %s', (source, expected) => {
    expect(importTwins(source, ['pkg.mod'])).toBe(expected);
  });
});
