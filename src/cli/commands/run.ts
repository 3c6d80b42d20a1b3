import path from 'node:path';
import { auditRun, type FinishedRun } from '../../app/audit-run.js';
import { KEEP_IMAGES, RETRIES, RUN_DEFAULTS, type RunOptions } from '../../app/options/run-options.js';
import { renderSummaryText } from '../../report/text.js';
import { plural } from '../../report/words.js';
import { GATE_OPTIONS, passGate, requireGate } from '../options/gate-options.js';
import {
  GROUP,
  HOST_OPTIONS,
  QUIET_OPTION,
  SEARCH_OPTIONS,
  sharedOptions,
  under,
} from '../options/options.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { progressFor } from '../terminal/progress.js';

const INPUT_OPTIONS = under(GROUP.input, {
  predictions: {
    alias: 'p',
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'Predictions: a file or a folder of any shape that is read (repeatable); default: beside the dataset',
  },
  instance: {
    alias: 'i',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only this instance (repeatable)',
  },
  split: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    default: RUN_DEFAULTS.split,
    describe: 'Split of a hub dataset, a directory of Parquet files or a task repository',
  },
  revision: {
    type: 'string',
    requiresArg: true,
    describe: 'Branch, tag or commit of a hub dataset (default: main)',
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'Only this part of the instances: i/n, such as 2/4 (see patchdiff merge)',
  },
  results: {
    type: 'string',
    requiresArg: true,
    describe: 'File that says which instances were counted as resolved; default: beside the predictions',
  },
  strict: {
    type: 'boolean',
    default: RUN_DEFAULTS.strict,
    describe: 'Stop at a row or a prediction that cannot be read, instead of counting it as invalid-row',
  },
  'repos-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'Clones, directories or archives of the repositories; default: clones from GitHub',
  },
} as const);

const WORK_OPTIONS = under(GROUP.engine, {
  workers: {
    alias: 'j',
    type: 'number',
    requiresArg: true,
    defaultDescription: 'as many as processors and memory allow',
    describe: 'Instances at a time',
  },
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'Have workers run the pairs: URL of their Redis (see patchdiff worker)',
  },
  'keep-images': {
    choices: KEEP_IMAGES,
    default: RUN_DEFAULTS.keepImages,
    describe: 'Which of the images that the run pulled or built stay when no instance needs them any more',
  },
} as const);

const OUTPUT_OPTIONS = under(GROUP.output, {
  out: {
    type: 'string',
    requiresArg: true,
    default: RUN_DEFAULTS.out,
    describe: 'Folder that runs are written to',
  },
  'run-id': {
    type: 'string',
    requiresArg: true,
    default: RUN_DEFAULTS.runId,
    describe: 'Name of the run, and of its folder',
  },
  retry: {
    choices: RETRIES,
    default: RUN_DEFAULTS.retry,
    describe: 'Which pairs of an earlier run in this folder are computed again',
  },
  reuse: {
    type: 'boolean',
    default: RUN_DEFAULTS.reuse,
    describe: 'Take results that other runs computed from the same content; --no-reuse computes all',
  },
  ...GATE_OPTIONS,
  ...QUIET_OPTION,
} as const);

const OPTIONS = { ...INPUT_OPTIONS, ...SEARCH_OPTIONS, ...HOST_OPTIONS, ...WORK_OPTIONS, ...OUTPUT_OPTIONS };

type RunArguments = ArgumentsOf<typeof OPTIONS> & { dataset: string };

export const runCommand: Command<RunArguments> = {
  builder: (argv) =>
    argv
      .positional('dataset', {
        type: 'string',
        demandOption: true,
        describe:
          'lite, verified, full, multilingual, OWNER/NAME on the hub, a file, a directory or a task repository',
      })
      .options(OPTIONS)
      .example(
        '$0 run verified -p preds.jsonl -i astropy__astropy-12907',
        'Audit one prediction for SWE-bench Verified',
      ),
  handler: async (argv, { stdout, stderr, signal }) => {
    requireGate(argv);
    const progress = progressFor(stderr, argv.quiet);
    const tell = (message: string) => void stderr.write(`${message}\n`);
    let reused = 0;
    const show = ({ report, directory }: FinishedRun) => {
      progress.stop();
      if (reused > 0) tell(`reused ${plural(reused, 'result')} of other runs`);
      stdout.write(renderSummaryText(report));
      if (!argv.quiet) tell(`written to ${path.relative('.', directory)}`);
    };
    try {
      const { report } = await auditRun(optionsOf(argv), {
        onEvent: (event) => {
          if (event.type === 'judged' && event.reused) reused += 1;
          progress.listen(event);
        },
        onMessage: tell,
        onEngine: argv.quiet ? undefined : tell,
        onInput: argv.quiet ? undefined : tell,
        onReport: show,
        signal,
      });
      return argv.shard === undefined ? passGate(report, argv, stderr) : EXIT.ok;
    } finally {
      progress.stop();
    }
  },
};

const optionsOf = (argv: Parameters<typeof runCommand.handler>[0]): RunOptions => ({
  ...sharedOptions(argv),
  dataset: argv.dataset,
  predictions: argv.predictions,
  instances: argv.instance,
  split: argv.split,
  revision: argv.revision,
  shard: argv.shard,
  results: argv.results,
  strict: argv.strict,
  reposDir: argv.reposDir,
  workers: argv.workers,
  queue: argv.queue,
  keepImages: argv.keepImages,
  out: argv.out,
  runId: argv.runId,
  retry: argv.retry,
  reuse: argv.reuse,
});
