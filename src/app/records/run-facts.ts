import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { selectionHash } from '../../datasets/shard.js';
import type { LoadedPredictions } from '../../datasets/predictions.js';
import type { AuditOptions } from '../../model/options.js';
import type { FileFacts, RunFacts, SubmissionFacts } from '../../model/report.js';
import type { CheckInputs } from '../inputs/check-inputs.js';
import type { ResultsByModel } from '../inputs/reported-results.js';
import type { RunInputs } from '../inputs/run-inputs.js';

/** What the report of a run or a check says beside its inputs. */
interface Circumstances {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly options: AuditOptions;
  /** One sentence: which engine, and why. */
  readonly engine: string;
}

/** What the report of a run says of its input and its options. */
export async function runFacts(
  { dataset, selected, instances, shard, loaded, results }: RunInputs,
  { id, startedAt, options, engine }: Circumstances,
): Promise<RunFacts> {
  return {
    id,
    startedAt,
    dataset: { ...dataset.facts, instances: instances.length },
    instances: instances.map(({ instanceId }) => instanceId),
    shard: shard && { ...shard, selection: selectionHash(selected.map(({ instanceId }) => instanceId)) },
    submissions: await submissionFacts(loaded, results),
    options: { ...options },
    engine,
    seed: options.seed,
  };
}

/** A check's report is that of a run of one pair, so that `replay` works on it. `gold`: how the user named it. */
export function checkFacts(
  gold: string,
  { instance, prediction }: CheckInputs,
  { id, startedAt, options, engine }: Circumstances,
): RunFacts {
  return {
    id,
    startedAt,
    dataset: { path: gold, sha256: sha256(instance.goldPatch), instances: 1 },
    instances: [instance.instanceId],
    shard: null,
    submissions: [
      {
        model: prediction.model,
        files: [{ path: prediction.source.file, sha256: sha256(prediction.patch ?? '') }],
        submitted: [instance.instanceId],
        reported: null,
      },
    ],
    options: { ...options },
    engine,
    seed: options.seed,
  };
}

function submissionFacts(
  { submissions, predictions }: LoadedPredictions,
  results: ResultsByModel,
): Promise<SubmissionFacts[]> {
  return Promise.all(
    submissions.map(async ({ model, files }) => ({
      model,
      files: await Promise.all(files.map(fileFacts)),
      submitted: predictions.filter((one) => one.model === model).map(({ instanceId }) => instanceId),
      reported: results.get(model)?.reported ?? null,
    })),
  );
}

const fileFacts = async (file: string): Promise<FileFacts> => ({
  path: file,
  sha256: sha256(await readFile(file)),
});

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
