import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PREDICTION_SHAPES } from '../../../src/datasets/prediction-shapes.js';
import { RESULTS_SHAPES } from '../../../src/datasets/results-shapes.js';
import { ROW_VARIANTS } from '../../../src/datasets/row-variants.js';
import { SHAPE_FIXTURES } from '../../helpers/shape-fixtures.js';

const page = await readFile(new URL('../../../docs/predictions-and-datasets.md', import.meta.url), 'utf8');
const firstCells = new Set([...page.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, cell]) => cell));

it.each([
  ['predictions', [...PREDICTION_SHAPES, ...SHAPE_FIXTURES.map(({ shape }) => ({ name: shape }))]],
  ['results', RESULTS_SHAPES],
  ['rows', ROW_VARIANTS],
] as const)('a table names every shape of %s', (_, shapes) => {
  expect(shapes.map(({ name }) => name).filter((name) => !firstCells.has(name))).toEqual([]);
});
