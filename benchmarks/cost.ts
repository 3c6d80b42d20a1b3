import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Prediction } from '../src/model/instance.js';
import { readArguments } from './bench/arguments.js';
import { summarizeCandidates, summarizeWorkers, type CandidatesCost } from './bench/cost-summary.js';
import { readPatches } from './bench/patches.js';
import { inTemporaryFolder, runPatchdiff } from './bench/patchdiff.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';
import { variantOf } from './bench/variants.js';

const CANDIDATES = [1, 2, 4, 8, 16];
const WORKERS = [1, 2, 4];
/** Of the bundled benchmark: other code with the same behaviour, and a divergence. */
const DEFAULT_INSTANCE = 'mini__jobq-3';

const given = readArguments(process.argv.slice(2));
const isBundled = given.dataset.endsWith('benchmarks/mini') && given.predictions.length === 0;
const series = await measureCandidates();
const workers = await measureWorkers();
await publish(
  'cost',
  given,
  [
    table(
      [
        'instance, model',
        'candidates',
        'bare s',
        'first s',
        'first / bare',
        'further s',
        'further / bare',
        'further / first',
        'wall s each',
      ],
      series.map(({ pair, ...cost }) => [
        pair,
        cost.candidates,
        cost.bare,
        cost.first,
        cost.firstOverBare,
        cost.further,
        cost.furtherOverBare,
        cost.furtherOverFirst,
        cost.wallPerCandidate,
      ]),
    ),
    table(
      ['workers', 'pairs', 'wall s', 'wall s each', 'speedup'],
      workers.map((run) => [run.workers, run.pairs, run.wall, run.wallPerPair, run.speedup]),
    ),
  ],
  { options: given, candidates: series, workers },
);

/** Each chosen patch in growing numbers of variants, as if so many models had sent it. */
async function measureCandidates(): Promise<(CandidatesCost & { pair: string })[]> {
  const instances = isBundled && given.instances.length === 0 ? [DEFAULT_INSTANCE] : given.instances;
  const { predictions } = await readPatches({ ...given, instances });
  const measured = [];
  for (const prediction of predictions)
    for (const count of CANDIDATES)
      measured.push({
        pair: `${prediction.instanceId} ${prediction.model}`,
        ...(await costOf(prediction, count)),
      });
  return measured;
}

async function costOf({ instanceId, patch }: Prediction, count: number): Promise<CandidatesCost> {
  return inTemporaryFolder(async (folder) => {
    const file = path.join(folder, 'variants.jsonl');
    const models = Array.from({ length: count }, (_, index) => `variant-${index + 1}`);
    const rows = models.map((model, index) => ({
      instance_id: instanceId,
      model_name_or_path: model,
      model_patch: variantOf(patch ?? '', index + 1),
    }));
    await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const forwarded = isBundled ? [...given.forwarded, '--no-sandbox'] : given.forwarded;
    const selection = { ...given, workers: 1, predictions: [file], instances: [instanceId], forwarded };
    const { report, seconds } = await runPatchdiff(selection);
    const records = models.flatMap((model) => report.records.find((record) => record.model === model) ?? []);
    return summarizeCandidates(records, seconds);
  });
}

/** The dataset as it is, with as many workers as there are cores for. */
async function measureWorkers() {
  const runs = [];
  for (const count of WORKERS.filter((some) => some <= os.availableParallelism())) {
    const { report, seconds } = await runPatchdiff({ ...given, workers: count });
    runs.push({ workers: count, wall: seconds, pairs: report.records.length });
  }
  return summarizeWorkers(runs);
}
