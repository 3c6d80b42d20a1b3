import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../src/app/cache/cache.js';
import type { PairRecord } from '../src/model/verdict.js';
import { Repositories } from '../src/trees/repositories.js';
import { readArguments } from './bench/arguments.js';
import { controlsOf, rewriteNames, type Recipe } from './bench/controls/candidates.js';
import { summarizeControls } from './bench/controls/summary.js';
import { readInstances } from './bench/patches.js';
import { inTemporaryFolder, runPatchdiff } from './bench/patchdiff.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';

/** What makes no difference to the code, so that such controls end as identical. */
const SAME_CODE = ['renamed', 'reformatted'];

const given = readArguments(process.argv.slice(2));
const seeds = [0, 1, 2].map((turn) => given.seed + turn);
const names = await rewriteNames(given.python);
const recipes: Recipe = {
  renamed: SAME_CODE,
  rewritten: names,
  ...(given.each
    ? Object.fromEntries(names.filter((name) => !SAME_CODE.includes(name)).map((name) => [name, [name]]))
    : {}),
};
const records = await inTemporaryFolder(async (folder) => {
  const predictions = path.join(folder, 'controls.jsonl');
  await writeFile(predictions, await controlRows(folder));
  const found: PairRecord[] = [];
  for (const seed of seeds) {
    const { report } = await runPatchdiff({ ...given, predictions: [predictions], seed });
    found.push(...report.records);
  }
  return found;
});
const summary = summarizeControls(records);
const alarms = summary.flatMap(({ control, divergent }) => divergent.map((which) => [control, which]));
await publish(
  'controls',
  given,
  [
    table(
      ['control', 'pairs', 'identical', 'consistent', 'not reached', 'unjudged', 'inputs', 'divergent'],
      summary.map((row) => [
        row.control,
        row.pairs,
        row.identical,
        row.consistent,
        row.notReached,
        row.unjudged.length,
        row.inputs,
        row.divergent.length,
      ]),
    ),
    table(
      ['control', 'unjudged'],
      summary.flatMap(({ control, unjudged }) => unjudged.map((which) => [control, which])),
    ),
    table(['control', 'false divergence'], alarms),
  ],
  { seeds, recipes, controls: summary },
);
if (alarms.length > 0) process.exitCode = 1;

/** Predictions of all chosen instances, as JSON lines. */
async function controlRows(folder: string): Promise<string> {
  const { reposDir, dataset } = given;
  const directory = (await stat(dataset)).isDirectory() ? dataset : path.dirname(dataset);
  const repositories = new Repositories({
    cacheDirectory: cacheDirectory('repositories'),
    ...(reposDir === undefined ? {} : { reposDir }),
  });
  const lines: string[] = [];
  for (const instance of await readInstances(given)) {
    const repository = await repositories.resolve(instance.repo, directory);
    const trees = path.join(folder, instance.instanceId);
    for (const { name, patch } of await controlsOf(instance, repository, recipes, given.python, trees)) {
      const row = { instance_id: instance.instanceId, model_name_or_path: name, model_patch: patch };
      lines.push(`${JSON.stringify(row)}\n`);
    }
  }
  return lines.join('');
}
