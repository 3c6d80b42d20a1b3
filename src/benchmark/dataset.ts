import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import type { Instance } from '../model/instance.js';
import { readRecords, readText } from './json-records.js';
import { instanceOf } from './row.js';

/**
 * Reads the rows of a dataset: a `.jsonl` file, a `.json` list, or a directory that holds exactly one.
 * Throws UserError naming file, line (or item) and field.
 */
export async function loadDataset(dataset: string): Promise<Instance[]> {
  const file = await datasetFile(dataset);
  const records = await readRecords(file, 'dataset');
  const places = new Map<string, string>();
  const instances = records.map((record) => {
    const instance = instanceOf(record);
    const earlier = places.get(instance.instanceId);
    if (earlier !== undefined) {
      throw new UserError(
        'dataset-duplicate',
        `${record.place}: ${instance.instanceId} is also at ${earlier}`,
      );
    }
    places.set(instance.instanceId, record.place);
    return instance;
  });
  if (instances.length === 0) throw new UserError('dataset-empty', `${file} has no rows`);
  return instances;
}

/** Where the predictions that come with a dataset directory are; null for a file, or when there are none. */
export async function predictionsBeside(dataset: string): Promise<string | null> {
  for (const name of ['predictions', 'predictions.jsonl', 'predictions.json', 'preds.json']) {
    const candidate = path.join(dataset, name);
    if ((await kindOf(candidate)) !== null) return candidate;
  }
  return null;
}

async function datasetFile(dataset: string): Promise<string> {
  const kind = await kindOf(dataset);
  if (kind === null)
    throw new UserError('dataset-missing', `there is no dataset ${dataset}`, 'Check the path.');
  if (kind === 'directory') return fileInDirectory(dataset);
  if (!/\.jsonl?$/.test(dataset)) {
    throw new UserError(
      'dataset-unreadable',
      `${dataset} is neither .jsonl nor .json`,
      'Export the split as JSON Lines: datasets.load_dataset(NAME, split=SPLIT).to_json(FILE).',
    );
  }
  return dataset;
}

/** `dataset.jsonl` or `dataset.json`, else the only file whose records have a base commit. */
async function fileInDirectory(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => /\.jsonl?$/.test(name)).sort();
  const files = names.map((name) => path.join(directory, name));
  const named = files.filter((file) => /^dataset\.jsonl?$/.test(path.basename(file)));
  const candidates = named.length > 0 ? named : await asyncFilter(files, holdsRows);
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only;
  const found = only === undefined ? 'none' : candidates.map((file) => path.basename(file)).join(', ');
  throw new UserError(
    'dataset-ambiguous',
    `${directory} must hold exactly one dataset (.jsonl or .json); found: ${found}`,
    'Give the path of the file.',
  );
}

async function holdsRows(file: string): Promise<boolean> {
  return (await readText(file, 'dataset')).includes('"base_commit"');
}

async function asyncFilter(
  files: readonly string[],
  keep: (file: string) => Promise<boolean>,
): Promise<string[]> {
  const kept = await Promise.all(files.map(keep));
  return files.filter((_, index) => kept[index]);
}

async function kindOf(file: string): Promise<'file' | 'directory' | null> {
  return stat(file).then(
    (facts) => (facts.isDirectory() ? 'directory' : 'file'),
    () => null,
  );
}
