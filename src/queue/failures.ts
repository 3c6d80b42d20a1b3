import type { InstanceRequest } from '../model/instance-request.js';
import { pairRecord } from '../pipeline/judge/record.js';
import type { PairRecord } from '../model/verdict.js';
import type { Job } from './job.js';

/** Records of predictions that no worker could audit. Their environment is not known. */
export function failures(
  { build, options, request: { instance } }: Job,
  predictions: InstanceRequest['predictions'],
  why: string,
): PairRecord[] {
  const environment = { engine: 'local', image: null, python: 'unknown', probe: build.probe } as const;
  return predictions.map((prediction) =>
    pairRecord(
      { prediction, goldPatch: instance.goldPatch, environment, seed: options.seed },
      { verdict: { outcome: 'infra-error', detail: why } },
    ),
  );
}
