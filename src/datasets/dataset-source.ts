import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import { fetchFromHub, type HubOptions } from './hub.js';
import type { RawRecord } from './read/raw-record.js';
import { readRecords } from './read/records.js';
import { isRow, isRowKey, ROW_COLUMNS } from './row.js';
import { isTaskRepository, readTasks } from './task-repository.js';
import { filterAsync, kindOf } from '../platform/file-kind.js';

/** Which rows to read, and from where. */
export interface DatasetRequest {
  /** A path, an alias, or the id of a hub dataset. */
  readonly name: string;
  readonly split: string;
  /** Branch, tag or commit of a hub dataset. */
  readonly revision?: string | undefined;
  readonly hub: HubOptions;
  /** Whether rows are kept as they were read, with every column. */
  readonly keepRows?: boolean | undefined;
}

/** The raw rows of a dataset, and where they came from. */
export interface DatasetSource {
  readonly records: AsyncIterable<RawRecord> | Iterable<RawRecord>;
  /** Every file that was read, in order. */
  readonly files: readonly string[];
  /** The hub's id of the dataset, and its commit; absent for a path. */
  readonly hub?: { readonly id: string; readonly revision: string; readonly offlineBecause?: string };
}

/** Hub datasets under the short names that the harness gives them, and `lite`. */
const ALIASES: Readonly<Record<string, string>> = {
  full: 'SWE-bench/SWE-bench',
  lite: 'SWE-bench/SWE-bench_Lite',
  verified: 'SWE-bench/SWE-bench_Verified',
  multilingual: 'SWE-bench/SWE-bench_Multilingual',
};
const HUB_ID = /^[\w][\w.-]*\/[\w][\w.-]*$/;
const ROW_FILE = /\.(jsonl?|ndjson|parquet)(\.gz|\.zst)?$/;

/**
 * Finds a dataset and reads its raw rows. What exists as a path is a path; then come aliases and hub ids.
 * @throws UserError naming what is wrong
 */
export async function readDataset(request: DatasetRequest): Promise<DatasetSource> {
  const { name, split } = request;
  const kind = await kindOf(name);
  if (kind === 'file') return readFiles([name], request);
  if (kind === 'directory') {
    if (await isTaskRepository(name)) return readTasks(name, split);
    return readFiles(await filesIn(name, split), request);
  }
  const id = ALIASES[name.toLowerCase()] ?? (HUB_ID.test(name) && !ROW_FILE.test(name) ? name : undefined);
  if (id !== undefined) return readFromHub(id, request);
  throw new UserError(
    'dataset-missing',
    `there is no dataset ${name}`,
    `Give a path, the id of a hub dataset (OWNER/NAME), or one of ${Object.keys(ALIASES).join(', ')}.`,
  );
}

/** Where a repository that a row names by a relative path is looked for: beside the dataset; for a hub dataset, here. */
export async function directoryOf(name: string): Promise<string> {
  const kind = await kindOf(name);
  if (kind === 'file') return path.dirname(name);
  return kind === 'directory' ? name : '.';
}

/** Where the predictions that come with a dataset directory are; null for anything else, or when there are none. */
export async function predictionsBeside(dataset: string): Promise<string | null> {
  if ((await kindOf(dataset)) !== 'directory') return null;
  for (const name of ['predictions', 'predictions.jsonl', 'predictions.json', 'preds.json']) {
    const candidate = path.join(dataset, name);
    if ((await kindOf(candidate)) !== null) return candidate;
  }
  return null;
}

async function readFromHub(id: string, request: DatasetRequest): Promise<DatasetSource> {
  const { split, revision, hub } = request;
  const choose = (all: readonly string[]) => {
    const chosen = splitFiles(all, split);
    if (chosen.length > 0) return chosen;
    throw noSuchSplit(`${id} on ${hub.url}`, split, all);
  };
  const { files, ...found } = await fetchFromHub(id, revision, choose, hub);
  return { ...readFiles(files, request), hub: { id, ...found } };
}

function readFiles(files: readonly string[], { keepRows = false }: DatasetRequest): DatasetSource {
  const other = files.find((file) => !ROW_FILE.test(file));
  if (other !== undefined) {
    throw new UserError(
      'dataset-unreadable',
      `${other} is neither .jsonl, .json nor .parquet`,
      'Give a file with the rows of a SWE-bench dataset.',
    );
  }
  const layout = { kind: 'dataset', isRecordKey: isRowKey } as const;
  const records = async function* () {
    for (const file of files)
      yield* readRecords(file, keepRows ? layout : { ...layout, columns: ROW_COLUMNS });
  };
  return { records: records(), files };
}

/** `dataset.jsonl` or `dataset.json`, else the files of the split, else the only file whose records have a base commit. */
async function filesIn(directory: string, split: string): Promise<string[]> {
  const inData = await readdir(path.join(directory, 'data')).catch(() => []);
  const all = [...(await readdir(directory)), ...inData.map((name) => `data/${name}`)];
  const at = (name: string) => path.join(directory, name);
  const named = all.filter((name) => /^dataset\.jsonl?(\.gz|\.zst)?$/.test(name));
  if (named.length === 1) return named.map(at);
  const ofSplit = splitFiles(all, split).map(at);
  if (ofSplit.length > 0) return ofSplit;
  const json = all.filter((name) => /^[^/]+\.jsonl?(\.gz|\.zst)?$/.test(name)).sort();
  const [only, ...others] = named.length > 0 ? named.map(at) : await filterAsync(json.map(at), holdsRows);
  if (only !== undefined && others.length === 0) return [only];
  if (all.some((name) => name.endsWith('.parquet'))) throw noSuchSplit(directory, split, all);
  const found = only === undefined ? 'none' : [only, ...others].map((file) => path.basename(file)).join(', ');
  throw new UserError(
    'dataset-ambiguous',
    `${directory} must hold exactly one dataset (.jsonl, .json, ${split}.parquet or tasks/); found: ${found}`,
    'Give the path of the file.',
  );
}

/** Files of a split by the layouts in use: `SPLIT.parquet`, `data/SPLIT-00000-of-00001.parquet`, and JSON so named. */
function splitFiles(names: readonly string[], split: string): string[] {
  const ofSplit = (name: string) => {
    const stem = /^(?:data\/)?([\w.]+?)(?:-\d+-of-\d+)?\.(?:parquet|jsonl)(?:\.gz|\.zst)?$/.exec(name)?.[1];
    return stem === split;
  };
  const chosen = names.filter(ofSplit);
  const parquet = chosen.filter((name) => name.endsWith('.parquet'));
  return (parquet.length > 0 ? parquet : chosen).sort();
}

function noSuchSplit(where: string, split: string, names: readonly string[]): UserError {
  const files = names.filter((name) => ROW_FILE.test(name));
  return new UserError(
    'split-missing',
    `${where} has no split ${split}; its files: ${files.slice(0, 8).join(', ') || 'none with rows'}`,
    'Name another one with --split.',
  );
}

async function holdsRows(file: string): Promise<boolean> {
  for await (const { value } of readRecords(file, { kind: 'dataset', isRecordKey: isRowKey }))
    return isRow(value);
  return false;
}
