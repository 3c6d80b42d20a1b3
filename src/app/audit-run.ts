import path from 'node:path';
import type { AuditOptions } from '../model/options.js';
import type { Instance } from '../model/instance.js';
import type { RunReport } from '../model/report.js';
import { kindOf } from '../platform/file-kind.js';
import { plural } from '../report/words.js';
import { RunFolder } from '../runs/run-folder.js';
import { Repositories } from '../trees/repositories.js';
import { cacheDirectory } from './cache/cache.js';
import type { PairWork } from './execution/pair-work.js';
import { workByQueue } from './execution/work-by-queue.js';
import { workHere } from './execution/work-here.js';
import { readRunInputs, requestsOf, type RunInputs } from './inputs/run-inputs.js';
import { completeRunOptions, type CompleteRunOptions, type RunOptions } from './options/run-options.js';
import { auditOptions } from './options/shared-options.js';
import { completeWatch, type Watch } from './options/watch.js';
import { runFacts } from './records/run-facts.js';
import { RunRecords } from './records/run-records.js';

/** A run that is on disk. */
export interface FinishedRun {
  /** The content of `report.json`. */
  readonly report: RunReport;
  /** Folder of the run, with `report.json`, `summary.md` and what belongs to each pair. */
  readonly directory: string;
}

/** How a program follows a run, and stops it. */
export interface RunWatch extends Watch {
  /** Told as soon as the report is written: also that of a run that was stopped or failed, with the pairs done until then. */
  readonly onReport?: ((run: FinishedRun) => void) | undefined;
  /** Told in a sentence what each file of predictions was recognised as. */
  readonly onInput?: ((description: string) => void) | undefined;
}

/**
 * Audits the predictions for a dataset, and writes the folder of the run: what `patchdiff run` does. A pair that is
 * in the folder already is not computed again, unless `retry` says so. What is wrong with one pair is its verdict.
 * @throws UserError for wrong options or input (`OptionError` names the option), InfraError for a machine that cannot
 * go on, such as a full disk, and the reason of the signal after an abort
 */
export async function auditRun(given: RunOptions, watch: RunWatch = {}): Promise<FinishedRun> {
  const options = completeRunOptions(given);
  const { onMessage, onEngine, onEvent: listen, signal } = completeWatch(watch);
  signal.throwIfAborted();
  const inputs = await readRunInputs(options, signal);
  for (const recognised of inputs.loaded.recognised) watch.onInput?.(recognised);
  for (const note of inputs.notes) onMessage(note);
  const folder = await RunFolder.open(options.out, options.runId);
  const startedAt = new Date().toISOString();
  const search = auditOptions(options);
  const repositoryOf = repositoriesOf(inputs, options, signal);
  const work = await openWork({ options, search, inputs, repositoryOf, listen, tell: onMessage, signal });
  try {
    onEngine(work.description);
    const records = await RunRecords.open(folder, work.basis, {
      ...work.replay,
      repositoryOf: (instance) =>
        options.queue === undefined
          ? foundAt(instance, repositoryOf)
          : pathOrName(instance, inputs.directory),
    });
    const engine = work.description;
    const facts = await runFacts(inputs, { id: options.runId, startedAt, options: search, engine });
    const missing = await records.missing(requestsOf(inputs), options.retry);
    let finished: FinishedRun;
    try {
      const circumstances = { engine: work.replay.engine.name, probe: work.basis.probe, seed: search.seed };
      for (const pair of inputs.unread) await records.addUnread(pair, circumstances);
      if (records.reused > 0) onMessage(`reused ${plural(records.reused, 'record')} of ${folder.directory}`);
      await work.run(missing, (record) => records.add(record));
    } finally {
      finished = { report: await records.report(facts), directory: folder.directory };
      watch.onReport?.(finished);
    }
    return finished;
  } finally {
    await work.close();
  }
}

type RepositoryOf = ReturnType<typeof repositoriesOf>;

function repositoriesOf({ directory }: RunInputs, { reposDir }: CompleteRunOptions, signal: AbortSignal) {
  const repositories = new Repositories({
    cacheDirectory: cacheDirectory('repositories'),
    signal,
    ...(reposDir === undefined ? {} : { reposDir }),
  });
  return ({ repo }: Instance) => repositories.resolve(repo, directory);
}

interface Work {
  readonly options: CompleteRunOptions;
  readonly search: AuditOptions;
  readonly inputs: RunInputs;
  readonly repositoryOf: RepositoryOf;
  readonly listen: NonNullable<Watch['onEvent']>;
  readonly tell: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Whoever runs the pairs: this machine, or the workers of the queue that the options name. */
function openWork({ options, search, inputs, ...rest }: Work): Promise<PairWork> {
  const { queue, retry, workers } = options;
  const reuse = options.reuse && retry !== 'all';
  if (queue !== undefined) {
    const { listen, tell: onWait, signal } = rest;
    return workByQueue({
      url: queue,
      options: search,
      again: retry === 'all',
      reuse,
      listen,
      onWait,
      signal,
    });
  }
  const { selected: instances, trusted } = inputs;
  return workHere({ ...options, ...rest, instances, trusted, reuse, options: search }, workers);
}

/** Where an instance's repository was found, or its name when it was not: a replay then looks again. */
async function foundAt(instance: Instance, repositoryOf: RepositoryOf): Promise<string> {
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
