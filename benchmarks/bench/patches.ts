import { loadDataset, predictionsBeside } from '../../src/benchmark/dataset.js';
import { loadPredictions } from '../../src/benchmark/predictions.js';
import { selectInstances } from '../../src/benchmark/select.js';
import type { Instance, Prediction } from '../../src/model/instance.js';
import type { BenchArguments } from './arguments.js';

/** The chosen instances and the patches for them. */
export interface Patches {
  readonly instances: readonly Instance[];
  readonly predictions: readonly Prediction[];
}

/** Reads what the arguments name, as `patchdiff run` would. */
export async function readPatches({
  dataset,
  predictions,
  instances: ids,
}: BenchArguments): Promise<Patches> {
  const instances = selectInstances(await loadDataset(dataset), ids);
  const beside = predictions.length === 0 ? await predictionsBeside(dataset) : null;
  const loaded = await loadPredictions(beside === null ? predictions : [beside], instances);
  return { instances, predictions: loaded.predictions };
}
