import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../model/errors.js';
import { mergeReports } from '../../runs/merge.js';
import { renderSummaryText } from '../../report/text.js';
import { withMetrics } from '../../report/run-report.js';
import { LabelFolder } from '../../runs/label-folder.js';
import { readReport } from '../../runs/read-report.js';
import { RunFolder } from '../../runs/run-folder.js';
import { writeReport } from '../../runs/write-report.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { GATE_OPTIONS, passGate, requireGate } from '../options/gate-options.js';
import { filterAsync, isFile } from '../../platform/file-kind.js';

const OPTIONS = {
  'run-id': { type: 'string', requiresArg: true, default: 'merged', describe: 'Name of the merged run' },
  out: {
    type: 'string',
    requiresArg: true,
    default: 'patchdiff-runs',
    describe: 'Folder that the merged run is written to',
  },
  ...GATE_OPTIONS,
} as const;

type MergeArguments = ArgumentsOf<typeof OPTIONS> & { runs: string[] };

export const mergeCommand: Command<MergeArguments> = {
  builder: (argv) =>
    argv
      .positional('runs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Folders of the shards, or a folder that holds them',
      })
      .options(OPTIONS)
      .example('$0 merge shard-1 shard-2 --run-id all', 'Merge two shards into the run all'),
  handler: async (argv, { stdout, stderr }) => {
    requireGate(argv);
    const target = path.resolve(argv.out, argv.runId);
    const directories = (await runDirectories(argv.runs)).filter((directory) => directory !== target);
    const shards = await Promise.all(
      directories.map(async (name) => ({ name, report: await readReport(path.join(name, 'report.json')) })),
    );
    const merged = mergeReports(argv.runId, shards);
    const folder = await RunFolder.open(argv.out, argv.runId);
    const labels = new LabelFolder(folder.directory);
    for (const directory of directories) {
      await folder.take(RunFolder.at(directory));
      await labels.take((await new LabelFolder(directory).read()).labels);
    }
    const report = withMetrics(merged, await labels.read());
    await writeReport(folder, report);
    stdout.write(renderSummaryText(report));
    stderr.write(`written to ${path.relative('.', folder.directory)}\n`);
    return passGate(report, argv, stderr);
  },
};

/** Folders with a report among those given, and among what is in them. */
async function runDirectories(given: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const directory of given.map((one) => path.resolve(one))) {
    const below = (await readdir(directory).catch(() => [])).sort().map((name) => path.join(directory, name));
    const runs = (await isRun(directory)) ? [directory] : await filterAsync(below, isRun);
    if (runs.length === 0) {
      throw new UserError(
        'run-missing',
        `${directory} is not a run, and holds none`,
        'Give folders with the report.json of a run.',
      );
    }
    found.push(...runs);
  }
  return [...new Set(found)];
}

const isRun = (directory: string): Promise<boolean> => isFile(path.join(directory, 'report.json'));
