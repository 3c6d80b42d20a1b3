import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { selectionHash } from '../../datasets/shard.js';
import { bytesOfText } from '../../platform/byte-text.js';
import type { AuditOptions } from '../../model/options.js';
import type { FileFacts, RunFacts, SubmissionFacts } from '../../model/report.js';
import type { CheckInputs } from '../inputs/check-inputs.js';
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
  inputs: RunInputs,
  { id, startedAt, options, engine }: Circumstances,
): Promise<RunFacts> {
  const { dataset, ids, shard, selection, unreadable } = inputs;
  return {
    id,
    startedAt,
    dataset: { ...dataset.facts, instances: ids.length },
    instances: [...ids],
    shard: shard && { ...shard, selection: selectionHash(selection) },
    submissions: await submissionFacts(inputs),
    ...(unreadable.rows + unreadable.predictions > 0 ? { unreadable } : {}),
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

function submissionFacts({ loaded, unread, results }: RunInputs): Promise<SubmissionFacts[]> {
  const all = [...loaded.predictions, ...unread.map(({ prediction }) => prediction)];
  return Promise.all(
    loaded.submissions.map(async ({ model, files }) => ({
      model,
      files: await Promise.all(files.map(fileFacts)),
      submitted: all.filter((one) => one.model === model).map(({ instanceId }) => instanceId),
      reported: results.get(model)?.reported ?? null,
    })),
  );
}

const fileFacts = async (file: string): Promise<FileFacts> => ({
  path: file,
  sha256: await hashOfFile(file),
});

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const sha256 = (text: string): string => createHash('sha256').update(bytesOfText(text)).digest('hex');
