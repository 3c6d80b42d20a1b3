import { stat } from 'node:fs/promises';
import { UserError } from '../model/errors.js';
import type { Instance, Prediction, SourceLocation } from '../model/instance.js';
import { readPredictions } from './prediction-file.js';
import { openPredictionFolder } from './prediction-folder.js';

/** One model, with the files that its predictions come from. */
export interface Submission {
  readonly model: string;
  readonly files: readonly string[];
  /** The submission folder or run directory that they were found in. */
  readonly folder: string | null;
  /** How many of its predictions count: without duplicates and unknown instances. */
  readonly predictions: number;
}

/** A prediction given more than once: the last one counts, as in the harness. */
export interface Duplicate {
  readonly instanceId: string;
  readonly model: string;
  /** Every place, in order; the last one counts. */
  readonly sources: readonly SourceLocation[];
}

export interface LoadedPredictions {
  /** One per model and instance, for instances of the dataset. */
  readonly predictions: readonly Prediction[];
  readonly duplicates: readonly Duplicate[];
  readonly submissions: readonly Submission[];
  /** Ids that predictions name and the dataset does not have, sorted. */
  readonly unknownInstances: readonly string[];
}

/**
 * Loads predictions from files (JSON Lines, JSON list, JSON object keyed by id), directories of such files,
 * leaderboard submissions, run directories of the harness, or the word `gold` for the dataset's own patches.
 * Throws UserError naming file and line, and when not one prediction is for an instance of the dataset.
 */
export async function loadPredictions(
  paths: readonly string[],
  dataset: readonly Instance[],
): Promise<LoadedPredictions> {
  const given = [];
  for (const one of paths) given.push(await fromPath(one, dataset));
  const all = given.flatMap(({ predictions }) => predictions);
  const known = new Set(dataset.map((instance) => instance.instanceId));
  const groups = groupByPair(all.filter((prediction) => known.has(prediction.instanceId)));
  const unknown = new Set(all.map((prediction) => prediction.instanceId).filter((id) => !known.has(id)));
  if (groups.length === 0) {
    const such = [...unknown].slice(0, 3).join(', ');
    throw new UserError(
      'predictions-match-nothing',
      `no prediction in ${paths.join(', ')} is for an instance of the dataset${such === '' ? '' : ` (they are for ${such})`}`,
      'Check that dataset and predictions belong together.',
    );
  }
  const predictions = groups.map((group) => group.at(-1)).filter((last) => last !== undefined);
  return {
    predictions,
    duplicates: groups.filter((group) => group.length > 1).flatMap(duplicateOf),
    submissions: submissionsOf(predictions, given),
    unknownInstances: [...unknown].sort(),
  };
}

/** What one path gave. */
interface Given {
  readonly predictions: readonly Prediction[];
  readonly folder: string | null;
}

async function fromPath(given: string, dataset: readonly Instance[]): Promise<Given> {
  if (given === 'gold') {
    const predictions = dataset.map(({ instanceId, goldPatch, source }) => ({
      instanceId,
      model: 'gold',
      patch: goldPatch,
      source,
    }));
    return { predictions, folder: null };
  }
  const facts = await stat(given).catch(() => null);
  if (facts === null)
    throw new UserError('predictions-missing', `there are no predictions ${given}`, 'Check the path.');
  if (facts.isDirectory()) return openPredictionFolder(given);
  return { predictions: await readPredictions(given), folder: null };
}

function groupByPair(predictions: readonly Prediction[]): Prediction[][] {
  const groups = new Map<string, Prediction[]>();
  for (const prediction of predictions) {
    const key = JSON.stringify([prediction.model, prediction.instanceId]);
    groups.set(key, [...(groups.get(key) ?? []), prediction]);
  }
  return [...groups.values()];
}

function duplicateOf(group: readonly Prediction[]): Duplicate[] {
  return group.slice(0, 1).map(({ instanceId, model }) => ({
    instanceId,
    model,
    sources: group.map((prediction) => prediction.source),
  }));
}

function submissionsOf(predictions: readonly Prediction[], given: readonly Given[]): Submission[] {
  const models = [...new Set(predictions.map((prediction) => prediction.model))];
  return models.map((model) => {
    const own = predictions.filter((prediction) => prediction.model === model);
    return {
      model,
      files: [...new Set(own.map((prediction) => prediction.source.file))],
      folder:
        given.find((one) => own.some((prediction) => one.predictions.includes(prediction)))?.folder ?? null,
      predictions: own.length,
    };
  });
}
