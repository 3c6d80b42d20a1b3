import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import type { Prediction } from '../model/instance.js';
import { readText } from './json-records.js';
import { readPredictions } from './prediction-file.js';
import { isFile } from '../platform/file-kind.js';

/** What a folder holds. */
export interface PredictionFolder {
  readonly predictions: readonly Prediction[];
  /** The folder, when it is one submission or one run, whose own results may be in it; null for loose files. */
  readonly folder: string | null;
}

/** The file of all predictions in a leaderboard submission, by its usual names. */
const SUBMISSION_FILES = ['all_preds.jsonl', 'preds.json', 'preds.jsonl'];
/** What the harness writes for each instance it ran. */
const PATCH_FILE = 'patch.diff';

/**
 * Opens a leaderboard submission (`all_preds.jsonl` or `preds.json`, else the patches of its `logs/`), a run
 * directory of the harness (`MODEL/INSTANCE/patch.diff`, or one `MODEL` of it), or a directory of prediction
 * files.
 * @throws UserError `predictions-missing`
 */
export async function openPredictionFolder(folder: string): Promise<PredictionFolder> {
  for (const name of SUBMISSION_FILES) {
    const file = path.join(folder, name);
    if (!(await isFile(file))) continue;
    const predictions = await readPredictions(file);
    return { predictions: predictions.map((one) => named(one, name, folder)), folder };
  }
  const files = await looseFiles(folder);
  if (files.length > 0) {
    return { predictions: (await Promise.all(files.map(readPredictions))).flat(), folder: null };
  }
  const logged = await loggedPatches(folder);
  if (logged.length > 0) return { predictions: logged, folder };
  throw new UserError(
    'predictions-missing',
    `${folder} holds no predictions (.jsonl, .json, or ${PATCH_FILE} per instance)`,
    'Give a file.',
  );
}

/** A submission whose file names no model is named for its folder. */
function named(prediction: Prediction, file: string, folder: string): Prediction {
  const isUnnamed = prediction.model === file.replace(/\.jsonl?$/, '');
  return isUnnamed ? { ...prediction, model: path.basename(path.resolve(folder)) } : prediction;
}

/** `.jsonl` and `.json` files without results, reports and datasets, sorted by name. */
async function looseFiles(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter(
    (name) => /\.jsonl?$/.test(name) && !/(results|run|per_instance_details)\.json$/.test(name),
  );
  const files: string[] = [];
  for (const name of names.sort()) {
    const file = path.join(directory, name);
    if (!(await readText(file, 'predictions')).includes('"base_commit"')) files.push(file);
  }
  return files;
}

async function loggedPatches(folder: string): Promise<Prediction[]> {
  const own = path.basename(path.resolve(folder));
  for (const directory of [path.join(folder, 'logs'), folder]) {
    const predictions = await patchesOf(directory, own);
    if (predictions.length > 0) return predictions;
  }
  const models = await subdirectories(folder);
  return (await Promise.all(models.map((model) => patchesOf(path.join(folder, model), model)))).flat();
}

/** The patches of `DIRECTORY/INSTANCE/patch.diff`. */
async function patchesOf(directory: string, model: string): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (const instanceId of await subdirectories(directory)) {
    const file = path.join(directory, instanceId, PATCH_FILE);
    if (!(await isFile(file))) continue;
    predictions.push({ instanceId, model, patch: await readText(file, 'predictions'), source: { file } });
  }
  return predictions;
}

async function subdirectories(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
