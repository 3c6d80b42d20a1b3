import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDataset, type Dataset } from '../../datasets/dataset.js';
import { directoryOf, predictionsBeside } from '../../datasets/dataset-source.js';
import { loadPredictions, type LoadedPredictions } from '../../datasets/predictions.js';
import { UserError } from '../../model/errors.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { InstanceRequest } from '../../model/instance-request.js';
import type { Shard } from '../../model/report.js';
import { plural } from '../../report/words.js';
import type { CompleteRunOptions } from '../options/run-options.js';
import { OptionError } from '../options/option-error.js';
import { hubFromEnvironment } from './hub-from-environment.js';
import { problemsOf, readPairs, selectRows, shortened, type UnreadPair } from './unread.js';
import { readResults, disagreements, type ResultsByModel } from './reported-results.js';

export type { UnreadPair } from './unread.js';

/** What a run audits. */
export interface RunInputs {
  readonly dataset: Dataset;
  /** Directory that the paths of the dataset's repositories are relative to. */
  readonly directory: string;
  /** The instances asked for that can be read, before they are shared out among shards. */
  readonly selected: readonly Instance[];
  /** Ids of all instances asked for, before sharding, also of those that cannot be read. */
  readonly selection: readonly string[];
  /** The instances of this run that can be read: those selected, or those of its shard. */
  readonly instances: readonly Instance[];
  /** Ids of all instances of this run. */
  readonly ids: readonly string[];
  readonly shard: Shard | null;
  /** Predictions for the instances of this run. */
  readonly loaded: LoadedPredictions;
  /** Pairs of this run of which the row or the prediction cannot be read. */
  readonly unread: readonly UnreadPair[];
  /** How many rows and predictions cannot be read and name no instance. */
  readonly unreadable: { readonly rows: number; readonly predictions: number };
  readonly results: ResultsByModel;
  /** The patches come with patchdiff. */
  readonly trusted: boolean;
  /** What the user should know about the input, a sentence each. */
  readonly notes: readonly string[];
}

const BUNDLED = fileURLToPath(new URL('../../../benchmarks/mini', import.meta.url));

/**
 * Reads what the options of a run name. A row or a prediction that cannot be read stops only itself.
 * @throws UserError for input that is missing or does not fit together, of which nothing can be read, or, with
 * `strict`, of which something cannot
 */
export async function readRunInputs(options: CompleteRunOptions, signal: AbortSignal): Promise<RunInputs> {
  const { dataset: name, split, revision } = options;
  const dataset = await loadDataset({ name, split, revision, hub: hubFromEnvironment(signal) });
  const rows = selectRows(dataset, options);
  if (options.strict) requireNone(rows.problems);
  const paths = options.predictions ?? (await defaultPredictions(name));
  const loaded = await loadPredictions(paths, rows.selected);
  const named = options.instances !== undefined;
  const unreadPredictions = problemsOf(loaded, named);
  if (options.strict) requireNone(unreadPredictions);
  const problems = [...rows.problems, ...unreadPredictions];
  const { predictions, unread } = readPairs(loaded, rows);
  const own = { ...loaded, predictions };
  const results = await readResults(own, options.results);
  return {
    dataset,
    directory: await directoryOf(name),
    selected: rows.selected.filter(({ instanceId }) => !rows.invalid.has(instanceId)),
    selection: rows.selected.map(({ instanceId }) => instanceId),
    instances: rows.own.filter(({ instanceId }) => !rows.invalid.has(instanceId)),
    ids: rows.own.map(({ instanceId }) => instanceId),
    shard: rows.shard,
    loaded: own,
    unread,
    unreadable: { rows: rows.unnamed, predictions: named ? 0 : loaded.unreadable },
    results,
    trusted: path.resolve(name) === BUNDLED && options.predictions === undefined,
    notes: [
      ...dataset.warnings,
      ...shortened(problems.map((problem) => `${problem}; it is left out as invalid-row`)),
      ...warnings(loaded, named),
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
  const byInstance = new Map<string, Prediction[]>();
  for (const prediction of loaded.predictions) {
    const own = byInstance.get(prediction.instanceId);
    if (own) own.push(prediction);
    else byInstance.set(prediction.instanceId, [prediction]);
  }
  return instances
    .map((instance) => ({
      instance,
      predictions: (byInstance.get(instance.instanceId) ?? []).map(withResult),
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

/** @throws UserError `row-invalid` for the first problem */
function requireNone(problems: readonly string[]): void {
  const [first, ...more] = problems;
  if (first === undefined) return;
  throw new OptionError({
    code: 'row-invalid',
    message: () => (more.length > 0 ? `${first} (and ${more.length} more that cannot be read)` : first),
    hint: (spell) => `Repair it, or leave ${spell('strict')} out: then it stops only itself.`,
  });
}

/** `selected`: the user named instances, so that predictions for others are no surprise. */
function warnings({ duplicates, unknownInstances }: LoadedPredictions, selected: boolean): string[] {
  const named = duplicates.map(({ instanceId, model, sources }) => {
    const places = sources
      .map(({ file, line }) => (line === undefined ? file : `${file}:${line}`))
      .slice(-5)
      .join(', ');
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
