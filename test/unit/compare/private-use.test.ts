import { expect, it } from 'vitest';
import { usesPrivate } from '../../../src/compare/private-use.js';

const PRELUDE = 'from pkg.testutils import _lines\nfrom pkg.core import _f, _g as g';

it.each([
  ['a private name', '_f(1)', [], true],
  ['a private attribute', 'x._setup(1)', [], true],
  ['a private name that a test of the fix uses', 'x._setup(1)', ['_setup'], false],
  ['a private helper of tests', '_lines(x)', [], false],
  ['the public alias of a private name', 'g(x)', [], true],
  ['public names', 'x.setup(f)', [], false],
])('%s', (_, code, ofFix, expected) => {
  expect(usesPrivate({ prelude: PRELUDE }, code, new Set(ofFix))).toBe(expected);
});
