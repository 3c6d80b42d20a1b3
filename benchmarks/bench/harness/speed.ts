import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Prediction } from '../../../src/model/instance.js';
import { ratio, sum } from '../numbers.js';
import { runPatchdiff, type Selection } from '../patchdiff.js';
import type { Cell } from '../table.js';

/** What the harness and patchdiff took for the same predictions on the same rows, in the same images. */
export interface Speed {
  readonly submissions: number;
  readonly predictions: number;
  /** Wall clock of `swebench eval`, once per submission. */
  readonly harness: number;
  /** Wall clock of one `patchdiff run`, with nothing to reuse from before. */
  readonly patchdiff: number;
  /** Predictions whose record was reused, and those with the same code as the gold patch. */
  readonly reused: number;
  readonly identical: number;
}

export interface SpeedRequest {
  /** Runs whose predictions are replaced; its images are those of the rows. */
  readonly selection: Selection;
  readonly predictions: readonly Prediction[];
  /** Seconds of the harness on the original rows, by submission. */
  readonly harness: ReadonlyMap<string, number>;
  readonly folder: string;
}

/** Times the first submission alone, and all of them in one run. */
export async function measureSpeed(request: SpeedRequest): Promise<Speed[]> {
  const models = [...request.harness.keys()];
  const counts = [...new Set([1, models.length])];
  const speeds: Speed[] = [];
  for (const count of counts) speeds.push(await speedOf(request, models.slice(0, count)));
  return speeds;
}

async function speedOf(
  { selection, predictions, harness, folder }: SpeedRequest,
  models: readonly string[],
): Promise<Speed> {
  const rows = predictions.filter(({ model }) => models.includes(model));
  const file = path.join(folder, `speed-${String(models.length)}.jsonl`);
  await writeFile(file, rows.map((row) => `${JSON.stringify(predictionRow(row))}\n`).join(''));
  const { report, seconds } = await runPatchdiff({ ...selection, predictions: [file] });
  return {
    submissions: models.length,
    predictions: rows.length,
    harness: sum(models.map((model) => harness.get(model) ?? 0)),
    patchdiff: seconds,
    reused: report.records.filter(({ reusedFrom }) => reusedFrom !== null).length,
    identical: report.records.filter(({ verdict }) => verdict.outcome === 'consistent' && verdict.identical)
      .length,
  };
}

/** A prediction as the harness and patchdiff read it. */
export const predictionRow = ({ instanceId, model, patch }: Prediction): object => ({
  instance_id: instanceId,
  model_name_or_path: model,
  model_patch: patch,
});

/** One row of the table. */
export function speedRow({ submissions, predictions, harness, patchdiff, identical, reused }: Speed): Cell[] {
  const per = (seconds: number) => ratio(seconds, predictions);
  return [submissions, predictions, harness, per(harness), patchdiff, per(patchdiff), identical, reused];
}
