import { expect, it } from 'vitest';
import { onlyAddsImports as sut } from '../../../src/python/body-change.js';

const BASE = 'import os\nfrom a import b\n\nX = 1\n\ndef f(): pass\n';

it.each([
  ['a further module', 'import re\n' + BASE, true],
  ['a further name', BASE.replace('import b', 'import b, c'), true],
  ['an import less', BASE.replace('import os\n', ''), false],
  ['another source for a name', BASE.replace('from a', 'from z'), false],
  ['another value', BASE.replace('X = 1', 'X = 2'), false],
  ['another function', BASE.replace('pass', 'return 1'), true],
])('%s', (_, changed, expected) => {
  expect(sut(BASE, BASE, changed)).toBe(expected);
  expect(sut(BASE, changed, BASE)).toBe(expected);
});
