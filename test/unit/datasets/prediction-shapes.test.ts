import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PREDICTION_SHAPES } from '../../../src/datasets/prediction-shapes.js';
import { loadPredictions } from '../../../src/datasets/predictions.js';
import { writeFiles, type Files } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';
import { lines, patchTo, SHAPE_FIXTURES, withValue } from '../../helpers/shape-fixtures.js';

const dataset = ['o__r-1', 'o__r-2'].map((instanceId) => ({
  instanceId,
  goldPatch: 'gold',
  source: { file: 'd.jsonl' },
}));

async function load(files: Files, given: string) {
  const directory = await temporaryDirectory();
  await writeFiles(directory, files);
  return loadPredictions([path.join(directory, given)], dataset);
}

describe('shapes of predictions', () => {
  it('has a fixture for each of the table', () => {
    const covered = new Set(SHAPE_FIXTURES.map(({ shape }) => shape));
    expect(PREDICTION_SHAPES.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
  });

  it.each(SHAPE_FIXTURES)(
    'reads $shape $variant',
    async ({ files, path: given, model, empty = null, patch = patchTo('one'), shape }) => {
      const sut = await load(files, given);
      const found = sut.predictions.map((one) => [one.instanceId, one.model, one.patch]);
      expect(found).toEqual([
        ['o__r-1', model, patch],
        ['o__r-2', model, empty],
      ]);
      expect(sut.recognised).toEqual([
        expect.stringMatching(new RegExp(`: 2 predictions, ${shape}$`)) as string,
      ]);
      expect([sut.records, sut.unreadable, sut.invalid]).toEqual([2, 0, []]);
    },
  );

  const broken = SHAPE_FIXTURES.flatMap(({ shape, variant, records = [], fields = [] }) =>
    fields.flatMap((field) => [
      [shape, variant, field.join('.'), withValue(records[0] ?? {}, field, [7])] as const,
      [shape, variant, `no ${field.join('.')}`, withValue(records[0] ?? {}, field, undefined)] as const,
    ]),
  );
  const OPTIONAL = /model|prefix/; // without it, the name of the file is the model

  it.each(broken)('gives one clear error for %s %s with a broken %s', async (_, __, field, record) => {
    if (field.startsWith('no ') && OPTIONAL.test(field.replace('model_patch', ''))) {
      expect((await load({ 'p.jsonl': lines(record) }, 'p.jsonl')).predictions).toHaveLength(1);
      return;
    }
    const error = await rejected(load({ 'p.jsonl': lines(record) }, 'p.jsonl'));
    expect(error).toMatchObject({ name: 'UserError', code: 'predictions-invalid' });
    expect(error.message).toMatch(/p\.jsonl:1: (field|is )/);
  });

  it('names the fields of what is no prediction, and the shapes that are read', async () => {
    const error = await rejected(
      load({ 'p.jsonl': lines({ name: 'x', score: 1 }, { name: 'y', score: 2 }) }, 'p.jsonl'),
    );
    expect(error.message).toMatch(/p\.jsonl:1: is of no shape that is read; found: the fields name, score/);
    expect(error).toMatchObject({ hint: expect.stringContaining('OpenHands output') as string });
  });

  it.each([
    ['a row of a dataset', { instance_id: 'o__r-1', base_commit: 'c', patch: 'x' }, /a row of a dataset/],
    ['a number', 3, /must be an object with a prediction, but is a number/],
    ['a text', 'x', /but is a string/],
  ])('says that %s is no prediction', async (_, value, message) => {
    expect((await rejected(load({ 'p.jsonl': lines(value) }, 'p.jsonl'))).message).toMatch(message);
  });

  it('reads what follows a broken record, and counts it under its instance', async () => {
    const [first, second] = SHAPE_FIXTURES[0]?.records ?? [];
    const cut = JSON.stringify(second).slice(0, 60);
    const sut = await load({ 'p.jsonl': `${JSON.stringify(first)}\nnot json\n${cut}` }, 'p.jsonl');
    expect(sut.predictions).toHaveLength(1);
    expect(sut.invalid).toEqual([
      expect.objectContaining({
        instanceId: 'o__r-2',
        model: 'm',
        problem: expect.stringMatching(/p\.jsonl:3: the last record is cut off/) as string,
      }),
    ]);
    expect(sut.problems).toEqual([expect.stringMatching(/p\.jsonl:2: not valid JSON/)]);
    expect([sut.records, sut.unreadable]).toEqual([3, 1]);
  });

  it('reads the items of a list up to where it is cut off', async () => {
    const text = JSON.stringify(SHAPE_FIXTURES[0]?.records).slice(0, -30);
    const sut = await load({ 'p.json': text }, 'p.json');
    expect(sut.predictions).toMatchObject([{ instanceId: 'o__r-1' }]);
    expect(sut.invalid).toMatchObject([{ instanceId: 'o__r-2' }]);
  });

  it('takes a report of the harness beside predictions for results', async () => {
    const files = {
      'f/preds_m.jsonl': lines(...(SHAPE_FIXTURES[0]?.records ?? [])),
      'f/m.run.json': JSON.stringify({ total_instances: 2, resolved_ids: ['o__r-1'], schema_version: 2 }),
      'f/eval_results.json': JSON.stringify({ 'o__r-1': true }),
      'f/settings.json': JSON.stringify({ temperature: 0, seed: 1 }),
    };
    const sut = await load(files, 'f');
    expect([sut.predictions.length, sut.records]).toEqual([2, 2]);
  });

  it('keeps bytes that are not UTF-8, and tells two patches apart that differ in one', async () => {
    const latin1 = Buffer.from(lines({ instance_id: 'o__r-1', model_patch: '+\xe9' }), 'latin1');
    const other = Buffer.from(lines({ instance_id: 'o__r-1', model_patch: '+\xe8' }), 'latin1');
    const [one, two] = [
      await load({ 'p.jsonl': latin1 }, 'p.jsonl'),
      await load({ 'p.jsonl': other }, 'p.jsonl'),
    ];
    expect([one.predictions[0]?.patch, two.predictions[0]?.patch]).toEqual(['+\udce9', '+\udce8']);
  });
});
