import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { instanceOf } from '../../../src/datasets/row.js';
import { loadReportedResolved } from '../../../src/datasets/official-results.js';
import { loadPredictions } from '../../../src/datasets/predictions.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';

const dataset = ['a', 'b'].map((id) =>
  instanceOf({
    value: {
      instance_id: id,
      repo: 'o/r',
      base_commit: 'c',
      patch: `gold ${id}`,
      FAIL_TO_PASS: [],
      PASS_TO_PASS: [],
    },
    source: { file: 'd.jsonl' },
    place: 'd.jsonl',
  }),
);
const line = (id: string, patch: string | null, model: string | null = 'm') =>
  JSON.stringify({
    instance_id: id,
    model_patch: patch,
    ...(model === null ? {} : { model_name_or_path: model }),
  });

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
const at = (name: string) => path.join(directory, name);

describe(loadPredictions, () => {
  const load = async (files: Record<string, string>, ...paths: string[]) => {
    await writeFiles(directory, files);
    return loadPredictions(paths.map(at), dataset);
  };
  const short = ({ predictions }: Awaited<ReturnType<typeof load>>) =>
    predictions.map(({ instanceId, model, patch }) => [instanceId, model, patch]);

  it('reads JSON Lines in CRLF, with empty patches and their places', async () => {
    const sut = await load({ 'p.jsonl': `${line('a', null)}\r\n${line('b', '')}\r\n` }, 'p.jsonl');
    expect(short(sut)).toEqual([
      ['a', 'm', null],
      ['b', 'm', ''],
    ]);
    expect(sut.predictions[1]?.source).toEqual({ file: at('p.jsonl'), line: 2 });
    expect(sut.submissions).toEqual([{ model: 'm', files: [at('p.jsonl')], folder: null, predictions: 2 }]);
  });

  it.each([
    ['a list', `[${line('a', 'x')},${line('b', 'y')}]`],
    [
      'objects keyed by id',
      JSON.stringify({
        a: { model_name_or_path: 'm', model_patch: 'x' },
        b: { instance_id: 'b', model_patch: 'y', model_name_or_path: 'm' },
      }),
    ],
  ])('reads %s', async (_, text) => {
    expect(short(await load({ 'p.json': text }, 'p.json'))).toEqual([
      ['a', 'm', 'x'],
      ['b', 'm', 'y'],
    ]);
  });

  it('reads plain patches keyed by id, and takes the name of the file for the model', async () => {
    const sut = await load({ 'gpt.v1.json': JSON.stringify({ a: 'x', b: null }) }, 'gpt.v1.json');
    expect(short(sut)).toEqual([
      ['a', 'gpt.v1', 'x'],
      ['b', 'gpt.v1', null],
    ]);
  });

  it('reads every predictions file of a directory and no results', async () => {
    const files = {
      'p/one.jsonl': line('a', 'x', null),
      'p/two.jsonl': line('a', 'y', null),
      'p/two.results.json': '{"resolved":["a"]}',
      'p/dataset.jsonl': '{"instance_id":"a","base_commit":"c"}',
    };
    expect(short(await load(files, 'p'))).toEqual([
      ['a', 'one', 'x'],
      ['a', 'two', 'y'],
    ]);
  });

  it('takes the last of duplicates and names all of them', async () => {
    const sut = await load(
      { 'p.jsonl': [line('a', '1'), line('b', 'x'), line('a', '2')].join('\n') },
      'p.jsonl',
    );
    expect(short(sut)).toEqual([
      ['a', 'm', '2'],
      ['b', 'm', 'x'],
    ]);
    const source = (number: number) => ({ file: at('p.jsonl'), line: number });
    expect(sut.duplicates).toEqual([{ instanceId: 'a', model: 'm', sources: [source(1), source(3)] }]);
  });

  it('does not take the same instance of two models for a duplicate', async () => {
    const sut = await load({ 'p.jsonl': `${line('a', '1', 'm')}\n${line('a', '2', 'n')}` }, 'p.jsonl');
    expect(sut.duplicates).toEqual([]);
    expect(sut.predictions).toHaveLength(2);
  });

  it('names instances that the dataset does not have', async () => {
    const sut = await load(
      { 'p.jsonl': `${line('z', '1')}\n${line('a', '2')}\n${line('y', '3')}` },
      'p.jsonl',
    );
    expect(sut.unknownInstances).toEqual(['y', 'z']);
    expect(sut.predictions).toHaveLength(1);
  });

  const patchIn = (place: string, id: string) => ({ [`${place}/${id}/patch.diff`]: `patch of ${id}` });

  it.each([
    [
      'a submission',
      'sub',
      { 'sub/all_preds.jsonl': line('a', 'patch of a'), 'sub/metadata.yaml': '', 'sub/x.json': '{}' },
      'm',
    ],
    [
      'a submission without a model',
      'sub',
      { 'sub/preds.json': '{"a":{"model_patch":"patch of a"}}' },
      'sub',
    ],
    [
      'the logs of a submission',
      'sub',
      { ...patchIn('sub/logs', 'a'), 'sub/results/results.json': '{"resolved":[]}' },
      'sub',
    ],
    ['a run directory', 'run', { 'run/run.json': '{}', ...patchIn('run/org__m', 'a') }, 'org__m'],
    ['one model of a run', 'run/org__m', patchIn('run/org__m', 'a'), 'org__m'],
  ])('reads %s', async (_, folder, files, model) => {
    await writeFiles(directory, files);
    const sut = await loadPredictions([at(folder)], dataset);
    expect(short(sut)).toEqual([['a', model, 'patch of a']]);
    expect(sut.submissions).toMatchObject([{ model, folder: at(folder) }]);
  });

  it('takes gold for the patches of the dataset', async () => {
    const sut = await loadPredictions(['gold'], dataset);
    expect(short(sut)).toEqual([
      ['a', 'gold', 'gold a'],
      ['b', 'gold', 'gold b'],
    ]);
  });

  it.each([
    ['a missing file', 'none.jsonl', {}, 'predictions-missing', /none\.jsonl/],
    ['an empty directory', '.', {}, 'predictions-missing', /holds no predictions/],
    [
      'a malformed line',
      'p.jsonl',
      { 'p.jsonl': 'not json\n' },
      'predictions-malformed',
      /p\.jsonl:1: not valid JSON/,
    ],
    [
      'a missing patch',
      'p.jsonl',
      { 'p.jsonl': '{"instance_id":"a"}' },
      'predictions-invalid',
      /p\.jsonl:1: field model_patch: is missing/,
    ],
    [
      'a missing id',
      'p.json',
      { 'p.json': '[{"model_patch":"x"}]' },
      'predictions-invalid',
      /p\.json, item 1: field instance_id/,
    ],
    [
      'an id unlike its key',
      'p.json',
      { 'p.json': `{"b":${line('a', 'x')}}` },
      'predictions-invalid',
      /p\.json, key "b": field instance_id says a/,
    ],
    ['a number', 'p.json', { 'p.json': '1' }, 'predictions-invalid', /must be an object with a prediction/],
    [
      'only unknown instances',
      'p.jsonl',
      { 'p.jsonl': line('z', 'x') },
      'predictions-match-nothing',
      /they are for z/,
    ],
  ] as const)('names what is wrong: %s', async (_, file, files, code, message) => {
    const error = await rejected(load(files, file));
    expect(error).toMatchObject({ name: 'UserError', code });
    expect(error.message).toMatch(message);
  });
});

describe(loadReportedResolved, () => {
  const resultsFor = (file: string, explicit?: string) =>
    loadReportedResolved({ files: [at(file)], folder: null, model: 'm' }, explicit);

  it.each([
    ['NAME.jsonl', 'NAME.results.json'],
    ['NAME.all.jsonl', 'NAME.results.json'],
    ['all_preds.jsonl', 'results/results.json'],
  ])('finds what belongs to %s at %s', async (predictions, results) => {
    await writeFiles(directory, { [results]: '{"resolved":["b","a","b"],"stats":{}}' });
    expect(await resultsFor(predictions)).toEqual({
      reported: { ids: ['a', 'b'], source: at(results) },
      disagreeing: [],
    });
  });

  it.each([
    '{"resolved_ids":["a"],"resolved_instances":1}',
    '{"a":{"resolved":true},"b":{"resolved":false}}',
  ])('reads %s', async (text) => {
    await writeFiles(directory, { 'run.json': text });
    expect(await resultsFor('p.jsonl', at('run.json'))).toMatchObject({ reported: { ids: ['a'] } });
  });

  const report = (id: string, resolved: boolean) =>
    JSON.stringify({ [id]: { resolved, patch_exists: true } });
  const folderResults = (model = 'm') =>
    loadReportedResolved({ files: [at('all_preds.jsonl')], folder: directory, model });

  it.each([
    ['logs', 'm'],
    ['org__m', 'org/m'],
    ['.', 'm'],
  ])('counts the reports per instance in %s', async (place, model) => {
    await writeFiles(directory, {
      [`${place}/b/report.json`]: report('b', true),
      [`${place}/a/report.json`]: report('a', true),
      [`${place}/c/report.json`]: report('c', false),
    });
    expect(await folderResults(model)).toEqual({
      reported: { ids: ['a', 'b'], source: path.join(directory, place, '*', 'report.json') },
      disagreeing: [],
    });
  });

  it('trusts the results first, and names the files that say something else', async () => {
    await writeFiles(directory, {
      'results/results.json': '{"resolved":["a"]}',
      'logs/a/report.json': report('a', true),
      'per_instance_details.json': '{"a":{"resolved":true},"b":{"resolved":true,"cost":1}}',
    });
    expect(await folderResults()).toEqual({
      reported: { ids: ['a'], source: at('results/results.json') },
      disagreeing: [{ ids: ['a', 'b'], source: at('per_instance_details.json') }],
    });
  });

  it('says that there is nothing when there is nothing', async () => {
    expect(await resultsFor('p.jsonl')).toEqual({ reported: null, disagreeing: [] });
  });

  it.each([
    ['missing', undefined, 'results-missing'],
    ['malformed', '{', 'results-malformed'],
    ['of another shape', '{"resolved":3}', 'results-invalid'],
  ])('refuses a given file that is %s', async (_, text, code) => {
    if (text !== undefined) await writeFiles(directory, { 'r.json': text });
    expect(await rejected(resultsFor('p.jsonl', at('r.json')))).toMatchObject({ code });
  });
});
