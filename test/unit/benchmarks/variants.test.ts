import { describe, expect, it } from 'vitest';
import { variantOf } from '../../../benchmarks/bench/variants.js';
import { parsePatch } from '../../../src/trees/patch/parse.js';

const PATCH = '--- a/pkg/mod.py\n+++ b/pkg/mod.py\n@@ -1 +1 @@\n-a = 1\n+a = 2';

describe(variantOf, () => {
  it('keeps the patch and adds a module beside what it changes', () => {
    const variant = variantOf(PATCH, 3);
    expect(variant.startsWith(`${PATCH}\n`)).toBe(true);
    expect(parsePatch(variant).map(({ path, kind }) => [path, kind])).toEqual([
      ['pkg/mod.py', 'modify'],
      ['pkg/unused_variant_3.py', 'add'],
    ]);
  });

  it('differs from every other variant', () => {
    expect(variantOf(PATCH, 1)).not.toBe(variantOf(PATCH, 2));
  });

  it('refuses a patch without Python', () => {
    expect(() => variantOf('', 1)).toThrow('no Python file');
  });
});
