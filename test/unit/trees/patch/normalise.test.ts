import { describe, expect, it } from 'vitest';
import { normalisePatch } from '../../../../src/trees/patch/normalise.js';

const patch = 'diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n c\n-a\n+b\n';
const converted = patch.replaceAll('\n', '\r\n');
const never = async () => Promise.resolve(false);

describe(normalisePatch, () => {
  it('adds the final newline', async () => {
    expect(await normalisePatch(patch.trimEnd(), never)).toBe(patch);
  });

  it('leaves a sound patch alone', async () => {
    expect(await normalisePatch(patch, never)).toBe(patch);
  });

  it('converts a patch in CRLF to a file that is not', async () => {
    expect(await normalisePatch(converted, never)).toBe(patch);
  });

  it('keeps the line ends of the content for a file that has CRLF', async () => {
    const sut = await normalisePatch(converted, async (file) => Promise.resolve(file === 'x.py'));
    expect(sut).toBe(patch.replace(' c\n-a\n+b\n', ' c\r\n-a\r\n+b\r\n'));
  });

  it('decides for every file by itself', async () => {
    const two = converted + converted.replaceAll('x.py', 'y.py');
    const sut = await normalisePatch(two, async (file) => Promise.resolve(file === 'y.py'));
    expect(sut).toBe(patch + patch.replaceAll('x.py', 'y.py').replace(' c\n-a\n+b\n', ' c\r\n-a\r\n+b\r\n'));
  });

  it('leaves carriage returns of the content alone when the headers have none', async () => {
    const sound = patch.replace('+b\n', '+b\r\n');
    expect(await normalisePatch(sound, never)).toBe(sound);
  });
});
