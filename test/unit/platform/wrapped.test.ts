import { expect, it } from 'vitest';
import { wrapped } from '../../../src/platform/wrapped.js';

it('breaks at blanks, and leaves a long word whole', () => {
  expect(wrapped('a bc def ghijklmn o', 6)).toEqual(['a bc', 'def', 'ghijklmn', 'o']);
  expect(wrapped('a  b', 3)).toEqual(['a ', 'b']);
});
