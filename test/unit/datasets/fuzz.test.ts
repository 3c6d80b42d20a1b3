import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { loadDataset, type Dataset } from '../../../src/datasets/dataset.js';
import { loadReportedResolved } from '../../../src/datasets/official-results.js';
import { readPredictions } from '../../../src/datasets/prediction-file.js';
import { loadPredictions, type LoadedPredictions } from '../../../src/datasets/predictions.js';
import { UserError } from '../../../src/model/errors.js';
import { damaged, DAMAGES } from '../../helpers/damage.js';
import { type Files } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { NIGHTLY } from '../../helpers/nightly.js';
import { parquetOf } from '../../helpers/parquet.js';
import { lines, SHAPE_FIXTURES } from '../../helpers/shape-fixtures.js';

const SEED = 20240823;
const INPUTS = NIGHTLY ? 100_000 : 2400;

const row = {
  instance_id: 'o__r-1',
  repo: 'o/r',
  base_commit: 'c',
  patch: 'gold',
  FAIL_TO_PASS: '["t"]',
  PASS_TO_PASS: [],
};
const other = { ...row, instance_id: 'o__r-2', F2P: "['t']", language: 'Python' };
const multi = {
  org: 'o',
  repo: 'r',
  number: 3,
  base: { sha: 'c' },
  fix_patch: 'x',
  f2p_tests: { t: {} },
  p2p_tests: {},
};
const DATASETS: readonly Files[] = [
  { 'd.jsonl': lines(row, other) },
  { 'd.json': JSON.stringify([row, other], null, 1) },
  { 'd.json': JSON.stringify({ data: { 'o__r-1': row } }) },
  { 'd.jsonl': lines(multi, row) },
  {
    'd.parquet': parquetOf(
      [row, { ...row, instance_id: 'o__r-2' }].map((one) => ({ ...one, PASS_TO_PASS: '[]' })),
    ),
  },
];
const RESULTS: readonly string[] = [
  '{"resolved_ids":["o__r-1"]}',
  '{"o__r-1":{"resolved":true},"o__r-2":{"resolved":null}}',
  lines({ instance_id: 'o__r-1', resolved: true }, { instance_id: 'o__r-2', resolved: false }),
];
const known = ['o__r-1', 'o__r-2'].map((instanceId) => ({
  instanceId,
  goldPatch: 'g',
  source: { file: 'd' },
}));

/** The value, or the one clear error; anything else that is thrown is a bug. */
async function orUserError<T>(work: Promise<T>): Promise<T | UserError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError && error.message !== '' && !/\n\s+at /.test(error.message)) return error;
    throw error;
  }
}

/** Every record is in exactly one count. */
async function expectSum(
  loaded: LoadedPredictions | UserError,
  given: string,
  isFile: boolean,
): Promise<void> {
  if (loaded instanceof UserError) return;
  const { predictions, invalid, duplicates, unreadable, records } = loaded;
  const again = duplicates.reduce((sum, { sources }) => sum + sources.length - 1, 0);
  const inDataset = predictions.length + invalid.length + again;
  expect(inDataset + unreadable).toBeLessThanOrEqual(records);
  if (!isFile) return;
  let elsewhere = 0;
  let count = 0;
  for await (const record of readPredictions(given)) {
    count += 1;
    const id = record.kind === 'prediction' ? record.prediction.instanceId : record.instanceId;
    if (id !== null && !known.some(({ instanceId }) => instanceId === id)) elsewhere += 1;
  }
  expect([records, inDataset + unreadable + elsewhere]).toEqual([count, count]);
}

function expectRows(dataset: Dataset | UserError): void {
  if (dataset instanceof UserError) return;
  for (const { problem } of dataset.invalid) expect(problem).not.toBe('');
  expect(dataset.instances.length).toBeGreaterThan(0);
}

it(
  `reads or refuses ${INPUTS} damaged files, and loses no record without a word`,
  { timeout: NIGHTLY ? 3_600_000 : 120_000 },
  async () => {
    const random = xoroshiro128plus(SEED);
    const directory = await temporaryDirectory();
    const hub = { url: '', cacheDirectory: directory, offline: true, signal: new AbortController().signal };
    const cases = [
      // Not zstd: its library may not end on damaged data, and is then given several seconds: see zstd.test.ts.
      ...SHAPE_FIXTURES.filter(({ variant }) => variant !== 'zstd').map(({ files, path: given }) => ({
        kind: 'predictions' as const,
        files,
        given,
      })),
      ...DATASETS.map((files) => ({ kind: 'dataset' as const, files, given: Object.keys(files)[0] ?? '' })),
      ...RESULTS.map((text) => ({ kind: 'results' as const, files: { 'r.json': text }, given: 'r.json' })),
    ];
    const outcomes = { read: 0, refused: 0 };
    for (let number = 0; number < INPUTS; number += 1) {
      const { kind, files, given } = cases[number % cases.length] ?? cases[0]!;
      const damage = DAMAGES[Math.floor(number / cases.length) % DAMAGES.length] ?? 'cut';
      const folder = path.join(directory, String(number % cases.length));
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(folder, name);
        if (number < cases.length) await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, damaged(Buffer.from(content), damage, random));
      }
      const target = path.join(folder, given);
      const sut = await orUserError<unknown>(
        kind === 'predictions'
          ? loadPredictions([target], known).then(async (loaded) => {
              await expectSum(loaded, target, path.extname(given) !== '');
              return loaded;
            })
          : kind === 'dataset'
            ? loadDataset({ name: target, split: 'test', hub }).then((dataset) => {
                expectRows(dataset);
                return dataset;
              })
            : loadReportedResolved({ files: [], folder: null, model: 'm' }, target),
      ).catch((error: unknown) => {
        throw new Error(`input ${number}: ${kind} ${given}, ${damage}`, { cause: error });
      });
      outcomes[sut instanceof UserError ? 'refused' : 'read'] += 1;
    }
    expect(outcomes.read + outcomes.refused).toBe(INPUTS);
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(INPUTS / 20);
  },
);
