import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isFile } from '../platform/file-kind.js';
import { readPatchFile, readPredictions, type PredictionRecord } from './prediction-file.js';
import { isDatasetRow, isPredictionKey, PREDICTION_COLUMNS, stemOf } from './prediction-shapes.js';
import { isFields, type RawRecord } from './read/raw-record.js';
import { readRecords } from './read/records.js';
import { isResultsRecord } from './results-shapes.js';

/** What a folder holds. */
export interface PredictionFolder {
  readonly records: AsyncGenerator<PredictionRecord>;
  /** The folder, when it is one submission or one run, whose own results may be in it; null for loose files. */
  readonly folder: string | null;
}

/** The file of all predictions in a leaderboard submission or a run of an agent, by its usual names. */
const SUBMISSION_FILES = ['all_preds.jsonl', 'preds.json', 'preds.jsonl', 'output.jsonl'];
/** What the harness writes for each instance it ran. */
const HARNESS_PATCH = 'patch.diff';

const PACKED = '(\\.gz|\\.zst)?$';
const RECORD_FILE = new RegExp(`\\.(jsonl?|ndjson|parquet|pred|traj)${PACKED}`);
const PATCH_FILE = new RegExp(`\\.(patch|diff)${PACKED}`);
const RESULTS_FILE = /(results|run|per_instance_details)\.json$/;
/** A run of SWE-agent has both for an instance; `.pred` is what it submitted. */
const PREFERRED = /\.pred$/;

/**
 * Opens a leaderboard submission (`all_preds.jsonl` or `preds.json`, else the patches of its `logs/`), a run
 * directory of the harness (`MODEL/INSTANCE/patch.diff`, or one `MODEL` of it), a run of an agent (`output.jsonl`,
 * `ID/ID.pred`, `ID/ID.traj`), or a directory of prediction files or patches named for their instances. Null when it
 * holds none of these.
 */
export async function openPredictionFolder(folder: string): Promise<PredictionFolder | null> {
  const own = nameOf(folder);
  for (const name of SUBMISSION_FILES.flatMap((file) => [file, `${file}.gz`, `${file}.zst`])) {
    const file = path.join(folder, name);
    if (await isFile(file)) return { records: renamed(readPredictions(file), () => own), folder };
  }
  const loose = await looseFiles(folder);
  if (loose.length > 0) return { records: recordsOf(loose, own), folder: null };
  const logged = await loggedPatches(folder);
  if (logged.length > 0) return { records: patchesIn(logged, 'patches of the harness'), folder };
  const nested = await nestedFiles(folder, 3);
  return nested.length > 0 ? { records: recordsOf(nested, own), folder } : null;
}

/** The predictions of a file: the patch that it is, or those that it holds. */
export const openPredictionFile = (file: string): AsyncGenerator<PredictionRecord> =>
  PATCH_FILE.test(file) ? recordsOf([file], nameOf(path.dirname(file))) : readPredictions(file);

const nameOf = (folder: string): string => path.basename(path.resolve(folder));

/** Predictions whose records name no model get the name that `nameFor` gives for an instance, if it does. */
async function* renamed(
  records: AsyncGenerator<PredictionRecord>,
  nameFor: (instanceId: string) => string | null,
): AsyncGenerator<PredictionRecord> {
  for await (const record of records) {
    if (record.kind === 'unreadable' || record.named) {
      yield record;
      continue;
    }
    const model = nameFor(record.prediction.instanceId);
    yield model === null ? record : { ...record, prediction: { ...record.prediction, model } };
  }
}

/** A file that is named for its instance belongs to the model that the folder is named for. */
async function* recordsOf(files: readonly string[], folder: string): AsyncGenerator<PredictionRecord> {
  for (const file of files) {
    const stem = stemOf(file);
    if (PATCH_FILE.test(file))
      yield await readPatchFile(file, stem, folder, 'patches named for their instances');
    else yield* renamed(readPredictions(file), (instanceId) => (instanceId === stem ? folder : null));
  }
}

/** Files with predictions and patches, without results, reports and datasets, sorted by name. */
async function looseFiles(directory: string): Promise<string[]> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => RECORD_FILE.test(name) || (PATCH_FILE.test(name) && name !== HARNESS_PATCH));
  return chosen(names.sort().map((name) => path.join(directory, name)));
}

async function chosen(files: readonly string[]): Promise<string[]> {
  const preferred = new Set(files.filter((file) => PREFERRED.test(file)).map(withoutSuffix));
  const kept: string[] = [];
  for (const file of files) {
    const isSecond = !PREFERRED.test(file) && preferred.has(withoutSuffix(file));
    if (!isSecond && (PATCH_FILE.test(file) || (await mayHoldPredictions(file)))) kept.push(file);
  }
  return kept;
}

const withoutSuffix = (file: string): string => path.join(path.dirname(file), stemOf(file));

/** Whether a file is none of the others that lie beside predictions: results, datasets and settings. */
async function mayHoldPredictions(file: string): Promise<boolean> {
  if (RESULTS_FILE.test(path.basename(file))) return false;
  const layout = { kind: 'predictions', isRecordKey: isPredictionKey, columns: PREDICTION_COLUMNS } as const;
  let seen = 0;
  for await (const record of readRecords(file, layout)) {
    if (isAnother(record)) return false;
    seen += 1;
    if (seen === 3) break;
  }
  return seen > 0;
}

function isAnother(record: RawRecord): boolean {
  const { key, value } = record;
  if (isResultsRecord(record) || (isFields(value) && isDatasetRow(value))) return true;
  // Settings are an object of plain values.
  return key !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'string';
}

interface PatchFile {
  readonly file: string;
  readonly instanceId: string;
  readonly model: string;
}

async function* patchesIn(files: readonly PatchFile[], shape: string): AsyncGenerator<PredictionRecord> {
  for (const { file, instanceId, model } of files) yield readPatchFile(file, instanceId, model, shape);
}

async function loggedPatches(folder: string): Promise<PatchFile[]> {
  const own = nameOf(folder);
  for (const directory of [path.join(folder, 'logs'), folder]) {
    const found = await patchesOf(directory, own);
    if (found.length > 0) return found;
  }
  const models = await subdirectories(folder);
  return (await Promise.all(models.map((model) => patchesOf(path.join(folder, model), model)))).flat();
}

/** The patches `DIRECTORY/INSTANCE/patch.diff`. */
async function patchesOf(directory: string, model: string): Promise<PatchFile[]> {
  const found: PatchFile[] = [];
  for (const instanceId of await subdirectories(directory)) {
    const file = path.join(directory, instanceId, HARNESS_PATCH);
    if (await isFile(file)) found.push({ instanceId, model, file });
  }
  return found;
}

/** Files of agents in folders named for instances: `ID/ID.pred`, else `ID/ID.traj`, else any of predictions. */
async function nestedFiles(folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [];
  const found: string[] = [];
  for (const name of await subdirectories(folder)) {
    const directory = path.join(folder, name);
    const files = await looseFiles(directory);
    const own = files.filter((file) => stemOf(file) === name);
    found.push(...(own.length > 0 ? own : files));
    if (files.length === 0) found.push(...(await nestedFiles(directory, depth - 1)));
  }
  return found;
}

async function subdirectories(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
