import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import * as library from '../../src/index.js';

it('is what package.json says other programs import', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { exports: object };
  expect(manifest.exports).toEqual({ '.': { types: './dist/index.d.ts', default: './dist/index.js' } });
  const { instances } = await library.loadDataset({
    name: 'benchmarks/mini/dataset.jsonl',
    split: 'test',
    hub: undefined as never, // a file needs none
  });
  const { submissions } = await library.loadPredictions(['benchmarks/mini/predictions'], instances);
  expect(submissions.map(({ model }) => model)).toEqual(['alpha', 'beta']);
});
