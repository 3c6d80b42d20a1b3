import { selectionHash } from '../datasets/shard.js';
import { UserError } from '../model/errors.js';
import type { RunFacts, RunReport, SubmissionFacts } from '../model/report.js';
import { plural } from '../report/words.js';
import { runReport } from '../report/run-report.js';

/** A report with the name that errors use for it. */
export interface NamedReport {
  readonly name: string;
  readonly report: RunReport;
}

/**
 * The report of a whole run from those of all its shards; every rate is computed anew from the records.
 * @throws UserError `merge-refused` for a shard that is missing, there twice or unfinished, and for shards of
 * different tools, datasets, predictions, options or engines
 */
export function mergeReports(id: string, shards: readonly NamedReport[]): RunReport {
  const [first, ...others] = shards;
  if (!first) throw refused('there is no report to merge', 'Name the folders of the shards.');
  for (const other of others) requireSameRun(first, other);
  requireEveryShard(first, shards);
  for (const shard of shards) requireFinished(shard);
  const reports = shards.map(({ report }) => report);
  const instances = reports.flatMap(({ run }) => run.instances);
  requireSelection(first, instances);
  const run: RunFacts = {
    ...first.report.run,
    id,
    startedAt: reports.map(({ run: { startedAt } }) => startedAt).sort()[0] ?? first.report.run.startedAt,
    dataset: { ...first.report.run.dataset, instances: instances.length },
    instances,
    shard: null,
    submissions: first.report.run.submissions.map((submission) => joined(submission, reports)),
  };
  return runReport(
    run,
    first.report.tool,
    reports.flatMap(({ records }) => records),
  );
}

function joined(submission: SubmissionFacts, reports: readonly RunReport[]): SubmissionFacts {
  const own = reports.flatMap(({ run }) => run.submissions.filter(({ model }) => model === submission.model));
  return { ...submission, submitted: own.flatMap(({ submitted }) => submitted) };
}

/** What has to be the same in every shard, by the name that errors use. */
function identityOf({ run, tool, records }: RunReport): Readonly<Record<string, unknown>> {
  const { sha256, hub } = run.dataset;
  return {
    'versions of patchdiff': [tool.version, tool.probe],
    datasets: [sha256, hub],
    'selections of instances': run.shard?.selection,
    'numbers of shards': run.shard?.of,
    options: run.options,
    seeds: run.seed,
    predictions: run.submissions.map(({ model, files, reported }) => [
      model,
      files.map((file) => file.sha256),
      reported?.ids,
    ]),
    engines: [...new Set(records.map(({ environment }) => environment.engine))],
  };
}

function requireSameRun(first: NamedReport, other: NamedReport): void {
  const [own, theirs] = [identityOf(first.report), identityOf(other.report)];
  for (const [what, value] of Object.entries(own)) {
    if (JSON.stringify(value) === JSON.stringify(theirs[what])) continue;
    if (what === 'engines' && (first.report.records.length === 0 || other.report.records.length === 0))
      continue;
    throw refused(
      `${first.name} and ${other.name} have different ${what}`,
      'Run every shard with the same patchdiff, dataset, predictions and options.',
    );
  }
}

function requireEveryShard(first: NamedReport, shards: readonly NamedReport[]): void {
  const of = first.report.run.shard?.of;
  if (of === undefined) throw refused(`${first.name} is not a shard`, 'Merge runs made with --shard i/n.');
  const missing: number[] = [];
  for (let index = 1; index <= of; index += 1) {
    const those = shards.filter(({ report }) => report.run.shard?.index === index);
    if (those.length > 1)
      throw refused(
        `shard ${index}/${of} is there ${those.length} times: ${those.map(({ name }) => name).join(', ')}`,
        'Name each shard once.',
      );
    if (those.length === 0) missing.push(index);
  }
  if (missing.length > 0)
    throw refused(
      `shards are missing: ${missing.map((index) => `${index}/${of}`).join(', ')}`,
      'Run them, and merge again.',
    );
}

function requireFinished({ name, report }: NamedReport): void {
  const { pending } = report.metrics.overall;
  if (pending.length === 0) return;
  throw refused(
    `${name} has ${plural(pending.length, 'prediction')} that the run did not reach, such as ${pending[0] ?? ''}`,
    'Run the same command again: it goes on where it stopped.',
  );
}

function requireSelection(first: NamedReport, instances: readonly string[]): void {
  if (selectionHash(instances) === first.report.run.shard?.selection) return;
  throw refused(
    'the instances of the shards are not those that were selected, each once',
    'Run the shards again with the same patchdiff.',
  );
}

const refused = (message: string, hint: string): UserError => new UserError('merge-refused', message, hint);
