import { describe, expect, it } from 'vitest';
import { contentKey } from '../../../src/platform/content-key.js';

describe(contentKey, () => {
  it('does not depend on the order of keys', () => {
    expect(contentKey({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(
      contentKey({ b: { d: 'x', c: [1, 2] }, a: 1 }),
    );
  });

  it.each([{ a: 2 }, { a: '1' }, { a: [1] }, { a: 1, b: null }, {}])('tells %j from {"a":1}', (other) => {
    expect(contentKey(other)).not.toBe(contentKey({ a: 1 }));
  });

  it('is a SHA-256', () => {
    expect(contentKey({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
