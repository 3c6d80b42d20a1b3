import { expect, it } from 'vitest';
import { interleave } from '../../../src/inputs/interleave.js';

it('takes the first of every group before the second of any', () => {
  const items = ['a1', 'a2', 'b1', 'a3', 'c1', 'b2'];
  expect(interleave(items, (text) => text.slice(0, 1))).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});
