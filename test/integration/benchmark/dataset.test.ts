import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDataset, predictionsBeside } from '../../../src/benchmark/dataset.js';
import { temporaryDirectory, writeFiles } from '../../helpers/git-fixtures.js';
import { rejected } from '../../helpers/rejected.js';

const row = (id: string, fields: object = {}) => ({
  instance_id: id,
  repo: 'o/r',
  base_commit: 'abc',
  patch: 'gold',
  FAIL_TO_PASS: '["t"]',
  PASS_TO_PASS: '[]',
  ...fields,
});
const lines = (...rows: object[]) => rows.map((value) => JSON.stringify(value)).join('\n');

describe(loadDataset, () => {
  let directory: string;
  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  const at = (name: string) => path.join(directory, name);
  const ids = async (file: string) => (await loadDataset(file)).map(({ instanceId }) => instanceId);

  it('reads JSON Lines, with CRLF, empty lines and a byte order mark', async () => {
    await writeFiles(directory, { 'd.jsonl': `\uFEFF${lines(row('a'))}\r\n\r\n${lines(row('b'))}\r\n` });
    const sut = await loadDataset(at('d.jsonl'));
    expect(sut.map(({ instanceId, source }) => [instanceId, source.line])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
  });

  it('reads a JSON list', async () => {
    await writeFiles(directory, { 'd.json': JSON.stringify([row('a'), row('b')]) });
    expect(await ids(at('d.json'))).toEqual(['a', 'b']);
  });

  it('reads the one dataset of a directory, and knows it from predictions', async () => {
    const prediction = JSON.stringify({ instance_id: 'a', model_patch: 'p' });
    await writeFiles(directory, {
      'lite.jsonl': lines(row('a')),
      'preds.jsonl': prediction,
      'notes.txt': '',
    });
    expect(await ids(directory)).toEqual(['a']);
  });

  it('prefers the file called dataset', async () => {
    await writeFiles(directory, { 'dataset.jsonl': lines(row('a')), 'other.jsonl': lines(row('b')) });
    expect(await ids(directory)).toEqual(['a']);
  });

  it('names the candidates when a directory has two datasets', async () => {
    await writeFiles(directory, { 'x.jsonl': lines(row('a')), 'y.json': JSON.stringify([row('b')]) });
    const error = await rejected(loadDataset(directory));
    expect(error).toMatchObject({ code: 'dataset-ambiguous' });
    expect(error.message).toContain('x.jsonl, y.json');
  });

  it.each([
    ['missing file', 'none.jsonl', {}, 'dataset-missing', /none\.jsonl/],
    ['empty directory', '.', {}, 'dataset-ambiguous', /found: none/],
    ['no rows', 'd.jsonl', { 'd.jsonl': '\n' }, 'dataset-empty', /d\.jsonl has no rows/],
    [
      'malformed line',
      'd.jsonl',
      { 'd.jsonl': `${lines(row('a'))}\n{"x":` },
      'dataset-malformed',
      /d\.jsonl:2: not valid JSON/,
    ],
    ['malformed file', 'd.json', { 'd.json': '[1,' }, 'dataset-malformed', /d\.json: not valid JSON/],
    [
      'a field',
      'd.jsonl',
      { 'd.jsonl': lines(row('a'), row('b', { repo: 1 })) },
      'dataset-invalid',
      /d\.jsonl:2: field repo/,
    ],
    [
      'a field of an item',
      'd.json',
      { 'd.json': JSON.stringify([row('a', { patch: 0 })]) },
      'dataset-invalid',
      /d\.json, item 1: field patch/,
    ],
    [
      'a duplicate',
      'd.jsonl',
      { 'd.jsonl': lines(row('a'), row('b'), row('a')) },
      'dataset-duplicate',
      /d\.jsonl:3: a is also at .*d\.jsonl:1/,
    ],
    [
      'another format',
      'd.parquet',
      { 'd.parquet': 'PAR1' },
      'dataset-unreadable',
      /neither \.jsonl nor \.json/,
    ],
  ] as const)('names what is wrong: %s', async (_, file, files, code, message) => {
    await writeFiles(directory, files);
    const error = await rejected(loadDataset(at(file)));
    expect(error).toMatchObject({ name: 'UserError', code });
    expect(error.message).toMatch(message);
  });

  it('finds the predictions that come with a dataset', async () => {
    expect(await predictionsBeside(directory)).toBeNull();
    await writeFiles(directory, { 'predictions/one.jsonl': '' });
    expect(await predictionsBeside(directory)).toBe(at('predictions'));
  });
});
