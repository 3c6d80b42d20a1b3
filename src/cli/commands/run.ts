import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditListener } from '../../model/events.js';
import type { InstanceRequest } from '../../model/instance-request.js';
import { loadDataset } from '../../datasets/dataset.js';
import { directoryOf, predictionsBeside } from '../../datasets/dataset-source.js';
import { loadReportedResolved, type SubmissionResults } from '../../datasets/official-results.js';
import { loadPredictions, type LoadedPredictions } from '../../datasets/predictions.js';
import { selectInstances } from '../../datasets/select.js';
import { inShard, parseShard, selectionHash } from '../../datasets/shard.js';
import { UserError } from '../../model/errors.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { FileFacts, RunReport, SubmissionFacts } from '../../model/report.js';
import { renderSummaryText } from '../../report/text.js';
import { plural } from '../../report/words.js';
import { Repositories } from '../../trees/repositories.js';
import { kindOf } from '../../platform/file-kind.js';
import { RunFolder } from '../../runs/run-folder.js';
import { cacheDirectory } from '../../app/cache/cache.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { GATE_OPTIONS, passGate, requireGate } from '../options/gate-options.js';
import { hubFromEnvironment } from '../../app/inputs/hub-from-environment.js';
import { auditOptions, ENGINE_OPTIONS } from '../options/options.js';
import { refuseHostOptions, workByQueue, workHere } from '../../app/execution/pair-work.js';
import { progressFor } from '../terminal/progress.js';
import { RunRecords } from '../../app/records/run-records.js';

const OPTIONS = {
  predictions: {
    alias: 'p',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Predictions: .jsonl, .json, or a directory of them (repeatable); default: beside the dataset',
  },
  split: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    default: 'test',
    describe: 'Split of a hub dataset, a directory of Parquet files or a task repository',
  },
  revision: {
    type: 'string',
    requiresArg: true,
    describe: 'Branch, tag or commit of a hub dataset (default: main)',
  },
  instance: {
    alias: 'i',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only this instance (repeatable)',
  },
  workers: {
    alias: 'j',
    type: 'number',
    requiresArg: true,
    defaultDescription: 'by the processors and memory there are',
    describe: 'Instances at a time',
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'Only this part of the instances: i/n, such as 2/4 (see patchdiff merge)',
  },
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'Have workers run the pairs: URL of their Redis (see patchdiff worker)',
  },
  retry: {
    choices: ['errors', 'all', 'none'],
    default: 'errors',
    describe: 'Which pairs of an earlier run of this folder are computed again',
  },
  reuse: {
    type: 'boolean',
    default: true,
    describe: 'Take results that other runs computed from the same content; --no-reuse computes all',
  },
  'run-id': {
    type: 'string',
    requiresArg: true,
    default: 'run',
    describe: 'Name of the run, and of its folder',
  },
  'keep-images': {
    choices: ['none', 'used', 'all'] as const,
    default: 'all' as const,
    describe: 'Which of the images that the run pulled or built stay when no instance needs them any more',
  },
  'repos-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'Clones, directories or archives of the repositories',
  },
  results: {
    type: 'string',
    requiresArg: true,
    describe: 'File that says which instances were counted as resolved',
  },
  out: {
    type: 'string',
    requiresArg: true,
    default: 'patchdiff-runs',
    describe: 'Folder that runs are written to',
  },
  ...GATE_OPTIONS,
  ...ENGINE_OPTIONS,
} as const;

type RunArguments = ArgumentsOf<typeof OPTIONS> & { dataset: string };

const BUNDLED = fileURLToPath(new URL('../../../benchmarks/mini', import.meta.url));

export const runCommand: Command<RunArguments> = {
  command: 'run <dataset>',
  describe: 'Audit the predictions for a dataset and correct its resolution rate',
  builder: (argv) =>
    argv
      .positional('dataset', {
        type: 'string',
        demandOption: true,
        describe:
          'lite, verified, full, multilingual, OWNER/NAME on the hub, a file, a directory or a task repository',
      })
      .options(OPTIONS),
  handler: async (argv, { stdout, stderr, signal }) => {
    const options = auditOptions(argv);
    requireGate(argv);
    if (argv.queue !== undefined) refuseHostOptions(argv);
    if (argv.workers !== undefined && (!Number.isSafeInteger(argv.workers) || argv.workers < 1)) {
      throw new UserError('usage', '--workers must be a positive integer', 'See patchdiff --help.');
    }
    const dataset = await loadDataset({
      name: argv.dataset,
      split: argv.split,
      revision: argv.revision,
      hub: hubFromEnvironment(signal),
    });
    const selected = selectInstances(dataset.instances, argv.instance ?? []);
    const shard = argv.shard === undefined ? null : parseShard(argv.shard);
    const instances = shard === null ? selected : inShard(selected, shard);
    const paths = argv.predictions ?? (await defaultPredictions(argv.dataset));
    const loaded = ofInstances(await loadPredictions(paths, selected), instances);
    const results = await resultsOf(loaded, argv.results);
    const notes = [
      ...dataset.warnings,
      ...warnings(loaded, argv.instance !== undefined),
      ...disagreements(results),
    ];
    for (const note of notes) stderr.write(`${note}\n`);
    const folder = await RunFolder.open(argv.out, argv.runId);
    const startedAt = new Date().toISOString();
    const directory = await directoryOf(argv.dataset);
    const repositories = new Repositories({
      cacheDirectory: cacheDirectory('repositories'),
      signal,
      ...(argv.reposDir === undefined ? {} : { reposDir: argv.reposDir }),
    });
    const repositoryOf = ({ repo }: Instance) => repositories.resolve(repo, directory);
    const trusted = path.resolve(argv.dataset) === BUNDLED && argv.predictions === undefined;
    const progress = progressFor(stderr, argv.quiet);
    let report: RunReport;
    const reuse = argv.reuse && argv.retry !== 'all';
    let reused = 0;
    const listen: AuditListener = (event) => {
      if (event.type === 'judged' && event.reused) reused += 1;
      progress.listen(event);
    };
    const tell = (line: string) => void stderr.write(`${line}\n`);
    const work = await (argv.queue === undefined
      ? workHere(
          { ...argv, trusted, reuse, instances: selected, repositoryOf, options, listen, tell, signal },
          options.seed,
          argv.workers,
        )
      : workByQueue({
          queue: argv.queue,
          options,
          again: argv.retry === 'all',
          reuse,
          listen,
          onWait: tell,
          signal,
        }));
    try {
      if (!argv.quiet) stderr.write(`${work.description}\n`);
      const records = await RunRecords.open(folder, work.basis, {
        ...work.replay,
        repositoryOf: (instance) =>
          argv.queue === undefined ? foundAt(instance, repositoryOf) : pathOrName(instance, directory),
      });
      const facts = {
        id: argv.runId,
        startedAt,
        dataset: { ...dataset.facts, instances: instances.length },
        instances: instances.map(({ instanceId }) => instanceId),
        shard: shard && { ...shard, selection: selectionHash(selected.map(({ instanceId }) => instanceId)) },
        submissions: await submissionFacts(loaded, results),
        options: { ...options },
        engine: work.description,
        seed: options.seed,
      };
      const missing = await records.missing(requestsOf(instances, loaded, results), argv.retry);
      try {
        if (records.reused > 0)
          stderr.write(`reused ${plural(records.reused, 'record')} of ${folder.directory}\n`);
        await work.run(missing, (record) => records.add(record));
      } finally {
        progress.stop();
        if (reused > 0) stderr.write(`reused ${plural(reused, 'result')} of other runs\n`);
        report = await records.report(facts);
        stdout.write(renderSummaryText(report));
        if (!argv.quiet) stderr.write(`written to ${path.relative('.', folder.directory)}\n`);
      }
    } finally {
      await work.close();
    }
    return argv.shard === undefined ? passGate(report, argv, stderr) : EXIT.ok;
  },
};

async function defaultPredictions(dataset: string): Promise<string[]> {
  const found = await predictionsBeside(dataset);
  if (found !== null) return [found];
  throw new UserError(
    'predictions-missing',
    `no predictions given for ${dataset}`,
    'Name them with -p FILE.',
  );
}

function requestsOf(
  instances: readonly Instance[],
  { predictions }: LoadedPredictions,
  results: ResultsByModel,
): InstanceRequest[] {
  const withResult = (prediction: Prediction): Prediction => {
    const reported = results.get(prediction.model)?.reported;
    return reported ? { ...prediction, resolved: reported.ids.includes(prediction.instanceId) } : prediction;
  };
  return instances
    .map((instance) => ({
      instance,
      predictions: predictions.filter(({ instanceId }) => instanceId === instance.instanceId).map(withResult),
      tests: [],
      judged: [],
    }))
    .filter((request) => request.predictions.length > 0);
}

/** Where an instance's repository was found, or its name when it was not: a replay then looks again. */
async function foundAt(
  instance: Instance,
  repositoryOf: (instance: Instance) => Promise<{ readonly origin: string }>,
): Promise<string> {
  return repositoryOf(instance).then(
    ({ origin }) => origin,
    () => instance.repo,
  );
}

/** The path of a repository that lies beside the dataset, or the name under which others find it. */
async function pathOrName({ repo }: Instance, directory: string): Promise<string> {
  const file = path.resolve(directory, repo);
  return (await kindOf(file)) === null ? repo : file;
}

/** `selected`: the user named instances, so that predictions for others are no surprise. */
function warnings({ duplicates, unknownInstances }: LoadedPredictions, selected: boolean): string[] {
  const named = duplicates.map(({ instanceId, model, sources }) => {
    const places = sources.map(({ file, line }) => `${file}:${line ?? '?'}`).join(', ');
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

type ResultsByModel = ReadonlyMap<string, SubmissionResults>;

async function resultsOf(
  { submissions }: LoadedPredictions,
  explicit: string | undefined,
): Promise<ResultsByModel> {
  if (explicit !== undefined && submissions.length > 1) {
    throw new UserError(
      'usage',
      `--results ${explicit} cannot be shared by ${submissions.length} submissions`,
      'Put NAME.results.json beside each NAME.jsonl instead.',
    );
  }
  const results = new Map<string, SubmissionResults>();
  for (const submission of submissions) {
    results.set(submission.model, await loadReportedResolved(submission, explicit));
  }
  return results;
}

function disagreements(results: ResultsByModel): string[] {
  return [...results].flatMap(([model, { reported, disagreeing }]) =>
    reported === null
      ? []
      : disagreeing.map(
          (other) =>
            `${model}: ${reported.source} counts ${reported.ids.length} as resolved and is used; ` +
            `${other.source} counts ${other.ids.length}, not the same ones`,
        ),
  );
}

/** Without the predictions for instances that are not of this run. */
function ofInstances(loaded: LoadedPredictions, instances: readonly Instance[]): LoadedPredictions {
  const ids = new Set(instances.map(({ instanceId }) => instanceId));
  return { ...loaded, predictions: loaded.predictions.filter(({ instanceId }) => ids.has(instanceId)) };
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

async function fileFacts(file: string): Promise<FileFacts> {
  return {
    path: file,
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  };
}
