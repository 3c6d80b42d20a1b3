import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDataset } from '../../../src/datasets/dataset.js';
import { directoryOf, predictionsBeside } from '../../../src/datasets/dataset-source.js';
import type { HubOptions } from '../../../src/datasets/hub.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { hubServer } from '../../helpers/hub-server.js';
import { parquetOf } from '../../helpers/parquet.js';
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
  const hubAt = (url: string, offline = false): HubOptions => ({
    url,
    cacheDirectory: at('cache'),
    offline,
    signal: new AbortController().signal,
  });
  const load = (name: string, { split = 'test', hub = hubAt('http://127.0.0.1:9') } = {}) =>
    loadDataset({ name, split, hub, keepRows: true });
  const ids = async (file: string, split?: string) =>
    (await load(file, { ...(split === undefined ? {} : { split }) })).instances.map(
      ({ instanceId }) => instanceId,
    );

  it('reads JSON Lines, with CRLF, empty lines and a byte order mark', async () => {
    await writeFiles(directory, { 'd.jsonl': `\uFEFF${lines(row('a'))}\r\n\r\n${lines(row('b'))}\r\n` });
    const { instances } = await load(at('d.jsonl'));
    expect(instances.map(({ instanceId, source }) => [instanceId, source.line])).toEqual([
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
    const error = await rejected(load(directory));
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
      { 'd.jsonl': '{"x":\n{"y":1,\n' },
      'dataset-malformed',
      /d\.jsonl:1: not valid JSON.*\(and 1 more that cannot be read\)/,
    ],
    [
      'malformed file',
      'd.json',
      { 'd.json': '{"a": tru}' },
      'dataset-malformed',
      /d\.json:1: not valid JSON/,
    ],
    [
      'a file that is cut off',
      'd.json',
      { 'd.json': '[' },
      'dataset-malformed',
      /d\.json:1: the file is cut off here/,
    ],
    [
      'a field',
      'd.jsonl',
      { 'd.jsonl': lines(row('b', { repo: 1 })) },
      'dataset-invalid',
      /d\.jsonl:1: field repo/,
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
      'd.csv',
      { 'd.csv': 'a,b' },
      'dataset-unreadable',
      /neither \.jsonl, \.json nor \.parquet/,
    ],
    [
      'a Parquet file that is none',
      'd.parquet',
      { 'd.parquet': 'PAR1' },
      'dataset-malformed',
      /d\.parquet: not a Parquet file/,
    ],
    [
      'a field of a Parquet row',
      'd.parquet',
      { 'd.parquet': parquetOf([{ ...row('b'), base_commit: '' }]) },
      'dataset-invalid',
      /d\.parquet, row 1: field base_commit/,
    ],
    [
      'a split',
      '.',
      { 'dev.parquet': parquetOf([row('a')]) },
      'split-missing',
      /has no split test; its files: dev\.parquet/,
    ],
    [
      'a task without its patch',
      '.',
      { 'tasks/a/task.yaml': 'instance_id: a\n', 'tasks/a/tests.json': '{}' },
      'dataset-missing',
      /tasks\/a\/gold\.patch/,
    ],
    [
      'a task that is no YAML',
      '.',
      { 'tasks/a/task.yaml': 'a: [1' },
      'dataset-malformed',
      /tasks\/a\/task\.yaml: not valid YAML/,
    ],
  ] as const)('names what is wrong: %s', async (_, file, files, code, message) => {
    await writeFiles(directory, files);
    const error = await rejected(load(at(file)));
    expect(error).toMatchObject({ name: 'UserError', code });
    expect(error.message).toMatch(message);
  });

  it('leaves out rows that cannot be read, and names place, field and instance of each', async () => {
    const text = `${lines(row('a'), row('b', { patch: '' }))}\nnot JSON\n${lines(row('c')).slice(0, 40)}`;
    await writeFiles(directory, { 'd.jsonl': text });
    const { instances, invalid } = await load(at('d.jsonl'));
    expect(instances.map(({ instanceId }) => instanceId)).toEqual(['a']);
    expect(invalid.map(({ instanceId, source, problem }) => [instanceId, source.line, problem])).toEqual([
      ['b', 2, expect.stringContaining('d.jsonl:2: field patch: must not be empty')],
      [null, 3, expect.stringContaining('d.jsonl:3: not valid JSON')],
      ['c', 4, expect.stringContaining('d.jsonl:4: the last record is cut off')],
    ]);
  });

  it('leaves out a task that cannot be read', async () => {
    const task = {
      'tests.json': '{"FAIL_TO_PASS":["t"],"PASS_TO_PASS":[]}',
      'test.patch': '',
      'problem_statement.md': '',
    };
    const files = Object.fromEntries(
      ['a', 'b'].flatMap((id) => [
        [`tasks/${id}/task.yaml`, `instance_id: ${id}\nrepo: o/r\nbase_commit: abc\n`],
        ...Object.entries(task).map(([name, text]) => [`tasks/${id}/${name}`, text]),
      ]),
    ) as Record<string, string>;
    await writeFiles(directory, { ...files, 'tasks/a/gold.patch': 'gold' });
    const { instances, invalid } = await load(directory);
    expect(instances).toMatchObject([{ instanceId: 'a' }]);
    expect(invalid).toMatchObject([{ instanceId: 'b', code: 'dataset-missing' }]);
  });

  it.each(['test.parquet', 'data/test-00000-of-00001.parquet'])(
    'reads the rows of %s in a directory',
    async (file) => {
      const lists = { FAIL_TO_PASS: ['t[a-b]'], PASS_TO_PASS: [] };
      await writeFiles(directory, {
        [file]: parquetOf([row('a'), row('b')]),
        'dev.parquet': parquetOf([row('c', lists)]),
      });
      expect(await ids(directory)).toEqual(['a', 'b']);
      const { instances, facts } = await load(directory, { split: 'dev' });
      expect(instances).toMatchObject([
        { instanceId: 'c', failToPass: ['t[a-b]'], source: { file: at('dev.parquet') } },
      ]);
      expect(facts.path).toBe(at('dev.parquet'));
    },
  );

  it('reads the tasks of a split of a task repository', async () => {
    const task = (id: string, split: string) => ({
      [`tasks/${id}/task.yaml`]: `instance_id: ${id}\nrepo: o/r\nbase_commit: abc\nsplit: ${split}\nimage: x:1\n`,
      [`tasks/${id}/tests.json`]: '{"FAIL_TO_PASS":["t"],"PASS_TO_PASS":[]}',
      [`tasks/${id}/gold.patch`]: 'gold\r\n',
      [`tasks/${id}/test.patch`]: 'tests',
      [`tasks/${id}/problem_statement.md`]: 'It fails.',
    });
    const script = { 'tasks/a/eval.sh': 'pytest' };
    await writeFiles(directory, {
      ...task('b', 'test'),
      ...task('a', 'test'),
      ...task('c', 'dev'),
      ...script,
    });
    const { instances, rows } = await load(directory);
    expect(rows.map(({ value }) => value)).toMatchObject([
      { instance_id: 'a', test_patch: 'tests', eval_script: 'pytest' },
      { instance_id: 'b' },
    ]);
    expect(rows[1]?.value).not.toHaveProperty('eval_script');
    expect(instances).toMatchObject([
      {
        instanceId: 'a',
        goldPatch: 'gold\r\n',
        problemStatement: 'It fails.',
        environment: { image: 'x:1' },
      },
      { instanceId: 'b' },
    ]);
    expect(await ids(directory, 'dev')).toEqual(['c']);
  });

  it.each([
    ['lite', 'SWE-bench/SWE-bench_Lite'],
    ['Verified', 'SWE-bench/SWE-bench_Verified'],
    ['o/d', 'o/d'],
  ])('downloads %s once, and pins its commit', async (name, id) => {
    const commit = 'c'.repeat(40);
    const files = {
      'README.md': new Uint8Array(3),
      'data/test-00000-of-00001.parquet': parquetOf([row('a')]),
    };
    const server = await hubServer({ [id]: { commit, files } });
    const first = await load(name, { hub: hubAt(server.url) });
    expect(first).toMatchObject({ warnings: [], instances: [{ instanceId: 'a' }] });
    expect(first.facts).toMatchObject({
      path: expect.stringContaining(commit) as string,
      hub: { id, revision: commit, split: 'test' },
    });
    expect(server.asked.some((path) => path.includes('README'))).toBe(false);

    const calls = server.asked.length;
    expect((await load(name, { hub: hubAt(server.url, true) })).facts).toEqual(first.facts);
    expect(server.asked).toHaveLength(calls);

    await server.close();
    const later = await load(name, { hub: hubAt(server.url) });
    expect(later.facts).toEqual(first.facts);
    expect(later.warnings).toEqual([
      expect.stringMatching(new RegExp(`${id} is read as it was at ${commit}`)) as string,
    ]);
  });

  it('names the splits that a hub dataset has instead', async () => {
    const server = await hubServer({
      'o/d': { commit: 'c'.repeat(40), files: { 'data/dev-0.parquet': new Uint8Array() } },
    });
    const error = await rejected(load('o/d', { hub: hubAt(server.url) }));
    expect(error).toMatchObject({ code: 'split-missing' });
    expect(error.message).toContain('data/dev-0.parquet');
  });

  it('says that the hub has no such dataset, and when it cannot be reached', async () => {
    const server = await hubServer({});
    expect(await rejected(load('o/none', { hub: hubAt(server.url) }))).toMatchObject({
      code: 'dataset-missing',
    });
    expect(await rejected(load('o/none', { hub: hubAt(server.url, true) }))).toMatchObject({
      code: 'hub-unreachable',
    });
    await server.close();
    const error = await rejected(load('lite', { hub: hubAt(server.url) }));
    expect(error).toMatchObject({ code: 'hub-unreachable' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('looks for relative repositories beside the dataset', async () => {
    await writeFiles(directory, { 'd/d.jsonl': lines(row('a')) });
    expect(
      await Promise.all([directoryOf(at('d/d.jsonl')), directoryOf(at('d')), directoryOf('lite')]),
    ).toEqual([at('d'), at('d'), '.']);
  });

  it('finds the predictions that come with a dataset', async () => {
    expect(await predictionsBeside(directory)).toBeNull();
    await writeFiles(directory, { 'predictions/one.jsonl': '' });
    expect(await predictionsBeside(directory)).toBe(at('predictions'));
  });
});
