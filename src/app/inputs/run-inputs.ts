import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDataset, type Dataset } from '../../datasets/dataset.js';
import { directoryOf, predictionsBeside } from '../../datasets/dataset-source.js';
import { loadPredictions, type LoadedPredictions } from '../../datasets/predictions.js';
import { selectInstances } from '../../datasets/select.js';
import { inShard, parseShard } from '../../datasets/shard.js';
import { UserError } from '../../model/errors.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { InstanceRequest } from '../../model/instance-request.js';
import type { Shard } from '../../model/report.js';
import { plural } from '../../report/words.js';
import type { CompleteRunOptions } from '../options/run-options.js';
import { hubFromEnvironment } from './hub-from-environment.js';
import { readResults, disagreements, type ResultsByModel } from './reported-results.js';

/** What a run audits. */
export interface RunInputs {
  readonly dataset: Dataset;
  /** Directory that the paths of the dataset's repositories are relative to. */
  readonly directory: string;
  /** The instances asked for, before they are shared out among shards. */
  readonly selected: readonly Instance[];
  /** The instances of this run: those selected, or those of its shard. */
  readonly instances: readonly Instance[];
  readonly shard: Shard | null;
  /** Predictions for the instances of this run. */
  readonly loaded: LoadedPredictions;
  readonly results: ResultsByModel;
  /** The patches come with patchdiff. */
  readonly trusted: boolean;
  /** What the user should know about the input, a sentence each. */
  readonly notes: readonly string[];
}

const BUNDLED = fileURLToPath(new URL('../../../benchmarks/mini', import.meta.url));

/**
 * Reads what the options of a run name.
 * @throws UserError for input that is missing, malformed or does not fit together
 */
export async function readRunInputs(options: CompleteRunOptions, signal: AbortSignal): Promise<RunInputs> {
  const { dataset: name, split, revision } = options;
  const dataset = await loadDataset({ name, split, revision, hub: hubFromEnvironment(signal) });
  const selected = selectInstances(dataset.instances, options.instances ?? []);
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const instances = shard === null ? selected : inShard(selected, shard);
  const paths = options.predictions ?? (await defaultPredictions(name));
  const loaded = ofInstances(await loadPredictions(paths, selected), instances);
  const results = await readResults(loaded, options.results);
  return {
    dataset,
    directory: await directoryOf(name),
    selected,
    instances,
    shard,
    loaded,
    results,
    trusted: path.resolve(name) === BUNDLED && options.predictions === undefined,
    notes: [
      ...dataset.warnings,
      ...warnings(loaded, options.instances !== undefined),
      ...disagreements(results),
    ],
  };
}

/** What is asked of each instance that has a prediction. */
export function requestsOf({ instances, loaded, results }: RunInputs): InstanceRequest[] {
  const withResult = (prediction: Prediction): Prediction => {
    const reported = results.get(prediction.model)?.reported;
    return reported ? { ...prediction, resolved: reported.ids.includes(prediction.instanceId) } : prediction;
  };
  return instances
    .map((instance) => ({
      instance,
      predictions: loaded.predictions
        .filter(({ instanceId }) => instanceId === instance.instanceId)
        .map(withResult),
      tests: [],
      judged: [],
    }))
    .filter((request) => request.predictions.length > 0);
}

async function defaultPredictions(dataset: string): Promise<string[]> {
  const found = await predictionsBeside(dataset);
  if (found !== null) return [found];
  throw new UserError(
    'predictions-missing',
    `no predictions given for ${dataset}`,
    'Name them with -p FILE.',
  );
}

/** Without the predictions for instances that are not of this run. */
function ofInstances(loaded: LoadedPredictions, instances: readonly Instance[]): LoadedPredictions {
  const ids = new Set(instances.map(({ instanceId }) => instanceId));
  return { ...loaded, predictions: loaded.predictions.filter(({ instanceId }) => ids.has(instanceId)) };
}

/** `selected`: the user named instances, so that predictions for others are no surprise. */
function warnings({ duplicates, unknownInstances }: LoadedPredictions, selected: boolean): string[] {
  const named = duplicates.map(({ instanceId, model, sources }) => {
    const places = sources.map(({ file, line }) => `${file}:${line ?? '?'}`).join(', ');
    return `${model} has ${sources.length} predictions for ${instanceId} (${places}); the last one counts`;
  });
  if (unknownInstances.length > 0 && !selected) {
    const some = unknownInstances.slice(0, 5).join(', ') + (unknownInstances.length > 5 ? ', ...' : '');
    named.push(
      `predictions for ${plural(unknownInstances.length, 'instance')} that the dataset does not have: ${some}`,
    );
  }
  return named;
}
