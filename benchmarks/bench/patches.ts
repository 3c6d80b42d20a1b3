import { loadDataset } from '../../src/datasets/dataset.js';
import { predictionsBeside } from '../../src/datasets/dataset-source.js';
import { loadPredictions } from '../../src/datasets/predictions.js';
import { selectInstances } from '../../src/datasets/select.js';
import { hubFromEnvironment } from '../../src/app/inputs/hub-from-environment.js';
import type { Instance, Prediction } from '../../src/model/instance.js';
import type { BenchArguments } from './arguments.js';

/** The chosen instances and the patches for them. */
export interface Patches {
  readonly instances: readonly Instance[];
  readonly predictions: readonly Prediction[];
}

/** Reads the instances that the arguments choose. */
export async function readInstances({
  dataset,
  instances: ids,
}: Pick<BenchArguments, 'dataset' | 'instances'>): Promise<Instance[]> {
  const hub = hubFromEnvironment(new AbortController().signal);
  const loaded = await loadDataset({ name: dataset, split: 'test', hub });
  return selectInstances(loaded.instances, ids);
}

/** Reads what the arguments name, as `patchdiff run` would. */
export async function readPatches({
  dataset,
  predictions,
  instances: ids,
}: BenchArguments): Promise<Patches> {
  const instances = await readInstances({ dataset, instances: ids });
  const beside = predictions.length === 0 ? await predictionsBeside(dataset) : null;
  const paths = beside === null ? predictions : [beside];
  return { instances, predictions: (await loadPredictions(paths, instances)).predictions };
}
