import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { audit } from '../../audit/audit.js';
import type { InstanceRequest } from '../../audit/instance-audit.js';
import { loadDataset, predictionsBeside } from '../../benchmark/dataset.js';
import { loadReportedResolved, type ReportedResolved } from '../../benchmark/official-results.js';
import { loadPredictions, type LoadedPredictions } from '../../benchmark/predictions.js';
import { selectInstances } from '../../benchmark/select.js';
import { UserError } from '../../model/errors.js';
import type { Instance } from '../../model/instance.js';
import { Repositories } from '../../repository/repositories.js';
import { RunFolder } from '../../store/run-folder.js';
import { cacheDirectory } from '../cache.js';
import type { ArgumentsOf, Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openWorld } from '../open-world.js';
import { auditOptions, ENGINE_OPTIONS } from '../options.js';
import { progressFor } from '../progress.js';
import { RunRecords } from '../run-records.js';

const OPTIONS = {
  predictions: {
    alias: 'p',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Predictions: .jsonl, .json, or a directory of them (repeatable); default: beside the dataset',
  },
  instance: {
    alias: 'i',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only this instance (repeatable)',
  },
  workers: { alias: 'j', type: 'number', requiresArg: true, default: 1, describe: 'Instances at a time' },
  'run-id': {
    type: 'string',
    requiresArg: true,
    default: 'run',
    describe: 'Name of the run, and of its folder',
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
        describe: '.jsonl or .json file, or a directory that holds one',
      })
      .options(OPTIONS),
  async handler(argv, { stdout, stderr, signal }) {
    const options = auditOptions(argv);
    if (!Number.isSafeInteger(argv.workers) || argv.workers < 1) {
      throw new UserError('usage', '--workers must be a positive integer', 'See patchdiff --help.');
    }
    const instances = selectInstances(await loadDataset(argv.dataset), argv.instance ?? []);
    const paths = argv.predictions ?? (await defaultPredictions(argv.dataset));
    const loaded = await loadPredictions(paths, instances);
    for (const warning of warnings(loaded)) stderr.write(`${warning}\n`);
    const folder = await RunFolder.open(argv.out, argv.runId);
    const progress = progressFor(stderr, argv.quiet);
    const startedAt = new Date();
    const directory = await datasetDirectory(argv.dataset);
    const repositories = new Repositories({
      cacheDirectory: cacheDirectory(),
      ...(argv.reposDir === undefined ? {} : { reposDir: argv.reposDir }),
    });
    const { world, close } = await openWorld({
      runId: argv.runId,
      engine: argv.engine,
      image: argv.image,
      python: argv.python,
      sandbox: argv.sandbox,
      trusted: path.resolve(argv.dataset) === BUNDLED && argv.predictions === undefined,
      instances,
      repositoryOf: ({ repo }) => repositories.resolve(repo, directory),
      options,
      listen: progress.listen,
      signal,
    });
    const records = await RunRecords.open(folder, world, {
      repositories: argv.reposDir ?? null,
      relativeTo: await datasetDirectory(argv.dataset),
    });
    try {
      stderr.write(argv.quiet ? '' : `${world.engine.description}\n`);
      const todo = await records.missing(requestsOf(instances, loaded));
      await audit(todo, world, argv.workers, (record) => records.add(record));
    } finally {
      progress.stop();
      await close();
      const summary = await records.report({
        id: argv.runId,
        startedAt,
        dataset: await fingerprint(argv.dataset),
        instances,
        predictions: await Promise.all(paths.filter((file) => file !== 'gold').map(fingerprint)),
        submissions: loaded.submissions,
        reported: await reportedBy(loaded, argv.results),
      });
      stdout.write(summary);
    }
    return EXIT.ok;
  },
};

async function defaultPredictions(dataset: string): Promise<string[]> {
  const found = (await isDirectory(dataset)) ? await predictionsBeside(dataset) : null;
  if (found !== null) return [found];
  throw new UserError(
    'predictions-missing',
    `no predictions given for ${dataset}`,
    'Name them with -p FILE.',
  );
}

function requestsOf(instances: readonly Instance[], { predictions }: LoadedPredictions): InstanceRequest[] {
  return instances
    .map((instance) => ({
      instance,
      predictions: predictions.filter(({ instanceId }) => instanceId === instance.instanceId),
      tests: [],
    }))
    .filter((request) => request.predictions.length > 0);
}

function warnings({ duplicates, unknownInstances }: LoadedPredictions): string[] {
  const named = duplicates.map(
    ({ instanceId, model, sources }) =>
      `${model} has ${sources.length} predictions for ${instanceId} (lines ${sources.map(({ line }) => line ?? '?').join(', ')}); the last one counts`,
  );
  const unknown = unknownInstances.length;
  if (unknown > 0)
    named.push(
      `${unknown} predictions are for instances that were not selected: ${unknownInstances.slice(0, 5).join(', ')}${unknown > 5 ? ', …' : ''}`,
    );
  return named;
}

async function reportedBy(
  { submissions }: LoadedPredictions,
  explicit: string | undefined,
): Promise<Map<string, ReportedResolved>> {
  if (explicit !== undefined && submissions.length > 1) {
    throw new UserError(
      'usage',
      `--results ${explicit} cannot be shared by ${submissions.length} submissions`,
      'Put NAME.results.json beside each NAME.jsonl instead.',
    );
  }
  const reported = new Map<string, ReportedResolved>();
  for (const { model, files } of submissions) {
    for (const file of files) {
      const results = await loadReportedResolved(file, explicit);
      if (results) reported.set(model, results);
    }
  }
  return reported;
}

async function fingerprint(file: string): Promise<{ path: string; sha256: string }> {
  const content = (await isDirectory(file)) ? file : await readFile(file);
  return { path: file, sha256: createHash('sha256').update(content).digest('hex') };
}

const datasetDirectory = async (dataset: string): Promise<string> =>
  (await isDirectory(dataset)) ? dataset : path.dirname(dataset);

const isDirectory = async (file: string): Promise<boolean> => (await stat(file)).isDirectory();
