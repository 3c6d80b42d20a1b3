import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReportedResolved } from '../../../src/datasets/official-results.js';
import { RESULTS_SHAPES } from '../../../src/datasets/results-shapes.js';
import { writeFiles, type Files } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';
import { lines } from '../../helpers/shape-fixtures.js';

const FIXTURES: readonly [string, string][] = [
  [
    'report with resolved_ids',
    JSON.stringify({ resolved_ids: ['a'], resolved_instances: 1, schema_version: 2 }),
  ],
  ['report with resolved', JSON.stringify({ resolved: ['a'], no_generation: ['b'], applied: ['a'] })],
  ['list of ids', JSON.stringify(['a', 'a'])],
  ['list of ids', 'a\n'],
  [
    'list of rows',
    JSON.stringify([
      { instance_id: 'a', resolved: true },
      { instance_id: 'b', resolved: null },
    ]),
  ],
  ['list of rows', lines({ id: 'a', resolved: true }, { id: 'b', resolved: false })],
  [
    'list of rows',
    lines(
      { instance_id: 'a', report: { resolved: true } },
      { instance_id: 'b', report: { resolved: false } },
    ),
  ],
  [
    'list of rows',
    lines(
      { instance_id: 'a', test_result: { git_patch: 'x', report: { resolved: true } } },
      { instance_id: 'b', test_result: { git_patch: 'x', report: { resolved: false } } },
    ),
  ],
  ['answers keyed by id', JSON.stringify({ a: true, b: false })],
  ['answers keyed by id', JSON.stringify({ a: { resolved: true, cost: 1 }, b: { resolved: null } })],
];

async function read(files: Files, explicit: string | undefined, model = 'm') {
  const directory = await temporaryDirectory();
  await writeFiles(directory, files);
  const at = (name: string) => path.join(directory, name);
  const given = explicit === undefined ? undefined : at(explicit);
  const { reported, disagreeing } = await loadReportedResolved(
    { files: [at('preds.jsonl')], folder: null, model },
    given,
  );
  return {
    ids: reported?.ids,
    source: reported && path.relative(directory, reported.source),
    disagreeing: disagreeing.map(({ source }) => path.relative(directory, source)),
  };
}

describe('shapes of results', () => {
  it('has a fixture for each of the table', () => {
    const covered = FIXTURES.map(([name]) => name);
    expect(RESULTS_SHAPES.map(({ name }) => name).filter((name) => !covered.includes(name))).toEqual([]);
  });

  it.each(FIXTURES)('reads a %s: %s', async (_, text) => {
    expect(await read({ 'r.json': text }, 'r.json')).toMatchObject({ ids: ['a'] });
  });

  it('takes the ids of Multi-SWE-bench for those of its rows', async () => {
    const text = JSON.stringify({ resolved_ids: ['org/repo:pr-12'] });
    expect(await read({ 'r.json': text }, 'r.json')).toMatchObject({ ids: ['org__repo-12'] });
  });

  it.each([
    ['{"resolved": 3}', /found: resolved/],
    ['[{"instance_id": "a"}]', /expected/],
    ['[{"resolved": true}]', /expected/],
    ['{"a": "yes"}', /found: a/],
    ['3', /expected/],
  ])('says what is expected in place of %s', async (text, message) => {
    const error = await rejected(read({ 'r.json': text }, 'r.json'));
    expect(error).toMatchObject({ code: 'results-invalid' });
    expect(error.message).toMatch(message);
  });

  it("finds the harness's own report beside the predictions, and names one that disagrees", async () => {
    const report = (...ids: string[]) => JSON.stringify({ resolved_ids: ids, total_instances: 3 });
    const files = {
      'org__m.one.json': report('a'),
      'org__m.two.json': report('b'),
      'other.one.json': report('c'),
    };
    expect(await read(files, undefined, 'org/m')).toEqual({
      ids: ['a'],
      source: 'org__m.one.json',
      disagreeing: ['org__m.two.json'],
    });
  });

  it('finds eval_results.json of SWE-bench Pro', async () => {
    expect(await read({ 'eval_results.json': '{"a":true}' }, undefined)).toMatchObject({ ids: ['a'] });
  });
});
