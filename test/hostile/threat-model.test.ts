import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/cli.js';

describe('docs/threat-model.md', () => {
  it('names tests that exist, for every promise', async () => {
    const text = await readFile(path.join(ROOT, 'docs', 'threat-model.md'), 'utf8');
    const promises = text.split('\n').filter((line) => /^\| (?!-|promise)/.test(line));
    expect(promises.length).toBeGreaterThan(12);
    for (const promise of promises) {
      const tests = promise.match(/test\/[\w./-]+\.test\.ts/g) ?? [];
      expect(tests, promise).not.toEqual([]);
      for (const file of tests) await access(path.join(ROOT, file));
    }
  });
});
