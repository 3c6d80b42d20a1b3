import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadDataset } from '../src/datasets/dataset.js';
import { directoryOf, predictionsBeside } from '../src/datasets/dataset-source.js';
import { cacheDirectory } from '../src/app/cache/cache.js';
import { hubFromEnvironment } from '../src/app/inputs/hub-from-environment.js';
import type { ExportSummary } from '../src/export/strengthened-dataset.js';
import { renderRows } from '../src/export/strengthened-dataset.js';
import type { Row } from '../src/export/strengthen-row.js';
import { Repositories } from '../src/trees/repositories.js';
import { readArguments } from './bench/arguments.js';
import { compareEvaluations, tally } from './bench/harness/compare.js';
import { evaluate, installHarness, type Evaluation } from './bench/harness/evaluate.js';
import { buildEnvironment, buildInstance, removeImages } from './bench/harness/images.js';
import { harnessFields } from './bench/harness/rows.js';
import { measureSpeed, predictionRow, speedRow } from './bench/harness/speed.js';
import { inTemporaryFolder, patchdiff, runOptions } from './bench/patchdiff.js';
import { readPatches } from './bench/patches.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';

const given = readArguments(process.argv.slice(2));
if (given.image === undefined)
  throw new Error('--image IMAGE: Docker image with Python, pytest and what the rows need');
const { image, reposDir, workers } = given;
const { instances, predictions } = await readPatches(given);
const hub = hubFromEnvironment(new AbortController().signal);
const source = await loadDataset({ name: given.dataset, split: 'test', hub });
const directory = await directoryOf(given.dataset);
const repositories = new Repositories({
  cacheDirectory: cacheDirectory('repositories'),
  ...(reposDir === undefined ? {} : { reposDir }),
});
const note = (text: string) => process.stderr.write(`${text}\n`);

await inTemporaryFolder(async (folder) => {
  const images: string[] = [];
  try {
    note('installing the harness');
    const command =
      process.env['PATCHDIFF_SWEBENCH'] ?? (await installHarness(given.python, path.join(folder, 'venv')));
    note('building images');
    const environment = await buildEnvironment(image, folder);
    images.push(environment);
    const rows: Row[] = [];
    for (const instance of instances) {
      const repository = await repositories.resolve(instance.repo, directory);
      images.unshift(await buildInstance(instance, repository, environment, folder));
      const raw =
        source.rows[source.instances.findIndex(({ instanceId }) => instanceId === instance.instanceId)];
      const local = repository.content === undefined ? instance.repo : path.resolve(directory, instance.repo);
      rows.push({ ...(raw?.value as Row), repo: local, ...harnessFields(instance) });
    }
    const dataset = path.join(folder, 'dataset.jsonl');
    await writeFile(dataset, renderRows(rows));
    const beside = given.predictions.length === 0 ? await predictionsBeside(given.dataset) : null;
    const paths = beside === null ? given.predictions : [beside];
    await patchdiff([
      'run',
      dataset,
      ...runOptions({ ...given, predictions: paths, dataset }),
      '--out',
      folder,
    ]);
    const out = path.join(folder, 'run', 'export');
    await patchdiff(['export', path.join(folder, 'run'), '--swebench']);
    await patchdiff(['export', path.join(folder, 'run'), '--harness-logs', '--out', folder]);
    const summary = JSON.parse(await readFile(path.join(out, 'summary.json'), 'utf8')) as ExportSummary;
    const both = async (model?: string): Promise<{ before: Evaluation; after: Evaluation }> => {
      const rowsOf = predictions.filter((one) => one.model === model).map(predictionRow);
      const submission = model === undefined ? {} : { submission: { model, predictions: rowsOf } };
      const run = (data: string, kind: string) => {
        note(`swebench eval: ${model ?? 'gold'} on the ${kind} rows`);
        const runId = `${kind}-${(model ?? 'gold').replace(/\W/g, '_')}`;
        return evaluate({ command, folder, dataset: data, runId, workers, ...submission });
      };
      const before = await run(dataset, 'original');
      return { before, after: await run(path.join(out, 'dataset.jsonl'), 'strengthened') };
    };
    const gold = await both();
    const models = [...new Set(predictions.map(({ model }) => model))].sort();
    const pairs = compareEvaluations(summary, null, gold);
    const harness = new Map<string, number>();
    for (const model of models) {
      const evaluations = await both(model);
      harness.set(model, evaluations.before.seconds);
      pairs.push(...compareEvaluations(summary, model, evaluations));
    }
    note('patchdiff in the images of the rows');
    const forwarded = ['--engine', 'docker', ...(reposDir === undefined ? [] : ['--repos-dir', reposDir])];
    const selection = { ...given, dataset, forwarded };
    const speed = await measureSpeed({ selection, predictions, harness, folder });
    await cp(out, path.join(given.out, 'harness-export'), { recursive: true });
    await publish(
      'harness',
      given,
      [
        table(
          [
            'submission',
            'rows',
            'resolved before',
            'resolved after',
            'tests to fail',
            'failed',
            'tests to pass',
            'passed',
          ],
          [null, ...models].map((model) => tally(pairs, model)),
        ),
        table(
          ['submission', 'instance', 'before', 'after', 'contradicts the export'],
          pairs
            .filter(({ before, after, contradictions }) => before !== after || contradictions.length > 0)
            .map((pair) => [
              pair.model ?? 'gold',
              pair.instanceId,
              pair.before,
              pair.after,
              pair.contradictions.join('; '),
            ]),
        ),
        table(
          [
            'submissions',
            'predictions',
            'swebench eval s',
            'per prediction',
            'patchdiff run s',
            'per prediction',
            'identical',
            'reused',
          ],
          speed.map(speedRow),
        ),
      ],
      { pairs, summary, speed },
    );
  } finally {
    await removeImages(images);
  }
});
