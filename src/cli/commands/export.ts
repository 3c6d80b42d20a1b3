import { RunFolder } from '../../runs/run-folder.js';
import path from 'node:path';
import { loadDataset, type Dataset } from '../../datasets/dataset.js';
import { EXPORT_GRADES } from '../../export/choose-tests.js';
import { writeHarnessLogs } from '../../export/harness-layout.js';
import { renderRows, strengthenedDataset } from '../../export/strengthened-dataset.js';
import { STRONG_GRADES } from '../../metrics/evidence.js';
import type { Grade } from '../../model/divergence.js';
import { UserError } from '../../model/errors.js';
import type { RunReport } from '../../model/report.js';
import { renderExportText } from '../../export/export-text.js';
import { plural } from '../../report/words.js';
import { readReport } from '../../runs/read-report.js';
import { writeWhole } from '../../platform/write-file.js';
import { bundles } from '../../app/records/bundles.js';
import type { ArgumentsOf, Command, CommandContext } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { hubFromEnvironment } from '../../app/inputs/hub-from-environment.js';
import { RUN_ARGUMENT, reportFileOf } from '../options/run-argument.js';

/** Where what counts as strong evidence ends. */
const WEAKEST_STRONG: Grade = STRONG_GRADES.at(-1) ?? 'different-value';

const OPTIONS = {
  swebench: {
    type: 'boolean',
    default: false,
    describe: 'Write dataset.jsonl: the rows of the run, strengthened with the tests it found',
  },
  'harness-logs': {
    type: 'boolean',
    default: false,
    describe: 'Write logs/patchdiff/RUN_ID and patchdiff.MODEL.RUN_ID.json, as swebench eval writes its own',
  },
  'min-grade': {
    choices: EXPORT_GRADES,
    default: WEAKEST_STRONG,
    describe: 'With --swebench: weakest evidence whose tests are added',
  },
  dataset: {
    type: 'string',
    requiresArg: true,
    describe: 'With --swebench: the dataset of the run, if it has moved',
  },
  split: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    describe: 'With --swebench: the split of the run (default: test, or what the report says)',
  },
  out: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'Folder to write to (default: export/ in the folder of the run; with --harness-logs here)',
  },
} as const;

type ExportArguments = ArgumentsOf<typeof OPTIONS> & { run: string };

export const exportCommand: Command<ExportArguments> = {
  builder: (argv) =>
    argv
      .positional('run', RUN_ARGUMENT)
      .options(OPTIONS)
      .example(
        '$0 export patchdiff-runs/run --swebench',
        'Write the rows of the run with the tests it found added',
      ),
  handler: async (argv, context) => {
    if (!argv.swebench && !argv.harnessLogs)
      throw new UserError('usage', 'nothing to export', 'Give --swebench, --harness-logs or both.');
    const file = reportFileOf(argv.run);
    const report = await readReport(file);
    if (argv.swebench) await exportDataset(argv, report, path.dirname(file), context);
    if (argv.harnessLogs) await exportLogs(argv, report, path.dirname(file), context);
    return EXIT.ok;
  },
};

async function exportDataset(
  argv: ExportArguments,
  report: RunReport,
  directory: string,
  { stdout, stderr, signal }: CommandContext,
): Promise<void> {
  const dataset = await datasetOf(report, argv, signal);
  const { rows, summary } = strengthenedDataset(report, dataset, argv['min-grade']);
  const out = path.resolve(argv.out ?? path.join(directory, 'export'));
  await writeWhole(path.join(out, 'dataset.jsonl'), renderRows(rows));
  await writeWhole(path.join(out, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`);
  stdout.write(renderExportText(summary));
  const { pending } = report.metrics.overall;
  if (pending.length > 0)
    stderr.write(
      `the run did not judge ${plural(pending.length, 'prediction')}, so there may be more tests\n`,
    );
  stderr.write(`written to ${path.relative('.', path.join(out, 'dataset.jsonl'))}\n`);
}

/** @throws UserError `dataset-changed` when the rows are not those that the run read */
async function datasetOf(
  { run }: RunReport,
  { dataset, split }: ExportArguments,
  signal: AbortSignal,
): Promise<Dataset> {
  const { hub, path: place, sha256 } = run.dataset;
  const name = dataset ?? hub?.id ?? place;
  const loaded = await loadDataset({
    name,
    split: split ?? hub?.split ?? 'test',
    revision: dataset === undefined ? hub?.revision : undefined,
    hub: hubFromEnvironment(signal),
    keepRows: true,
  });
  if (loaded.facts.sha256 === sha256) return loaded;
  throw new UserError(
    'dataset-changed',
    `${name} does not hold the rows that run ${run.id} read`,
    'Name the dataset of the run with --dataset, and its --split.',
  );
}

async function exportLogs(
  { out }: ExportArguments,
  report: RunReport,
  directory: string,
  { stdout, stderr }: CommandContext,
): Promise<void> {
  const folder = RunFolder.at(directory);
  const target = path.resolve(out ?? '.');
  const reports = await writeHarnessLogs(target, report, await bundles(folder));
  stdout.write(reports.map((file) => `${path.relative('.', file)}\n`).join(''));
  stderr.write(`written to ${path.relative('.', path.join(target, 'logs', 'patchdiff', report.run.id))}\n`);
}
