import { checkPair } from '../../app/check-pair.js';
import { CHECK_DEFAULTS, type CheckOptions } from '../../app/options/check-options.js';
import type { VerdictOutcome } from '../../model/verdict.js';
import { CHECK_FORMATS } from '../../report/formats.js';
import { RunFolder } from '../../runs/run-folder.js';
import { linksFrom } from '../../runs/write-report.js';
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
  repo: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Repository: directory, clone or git URL',
  },
  gold: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Reference: patch file, commit or branch',
  },
  candidate: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Patch under test: patch file, commit or branch',
  },
  base: {
    type: 'string',
    requiresArg: true,
    default: CHECK_DEFAULTS.base,
    describe: 'Revision that both patches start from',
  },
  'test-patch': { type: 'string', requiresArg: true, describe: 'Patch file that adds the tests of the fix' },
  issue: { type: 'string', requiresArg: true, describe: 'File with the text of the issue' },
  tests: { type: 'string', array: true, requiresArg: true, describe: 'Test files that reach the change' },
} as const);

const OUTPUT_OPTIONS = under(GROUP.output, {
  format: {
    choices: Object.keys(CHECK_FORMATS) as (keyof typeof CHECK_FORMATS)[],
    default: 'text' as const,
    describe: 'What to print',
  },
  out: {
    type: 'string',
    requiresArg: true,
    default: CHECK_DEFAULTS.out,
    describe: 'Folder for tests and records, which are written to check/ in it',
  },
  ...QUIET_OPTION,
} as const);

const OPTIONS = { ...INPUT_OPTIONS, ...SEARCH_OPTIONS, ...HOST_OPTIONS, ...OUTPUT_OPTIONS };

type CheckArguments = ArgumentsOf<typeof OPTIONS>;

export const checkCommand: Command<CheckArguments> = {
  builder: (argv) =>
    argv
      .options(OPTIONS)
      .example(
        '$0 check --repo . --base main --gold fix --candidate candidate.patch',
        'Compare a patch with the branch fix',
      ),
  handler: async (argv, { stdout, stderr, signal }) => {
    const progress = progressFor(stderr, argv.quiet);
    const tell = (message: string) => void stderr.write(`${message}\n`);
    try {
      const { record, directory } = await checkPair(optionsOf(argv), {
        onEvent: progress.listen,
        onMessage: tell,
        onEngine: argv.quiet ? undefined : tell,
        signal,
      });
      progress.stop();
      stdout.write(CHECK_FORMATS[argv.format](record, linksFrom('.', RunFolder.at(directory), [record])));
      return EXIT_OF[record.verdict.outcome];
    } finally {
      progress.stop();
    }
  },
};

const optionsOf = (argv: Parameters<typeof checkCommand.handler>[0]): CheckOptions => ({
  ...sharedOptions(argv),
  repo: argv.repo,
  base: argv.base,
  gold: argv.gold,
  candidate: argv.candidate,
  testPatch: argv.testPatch,
  issue: argv.issue,
  tests: argv.tests,
  out: argv.out,
});

/** Exit status for each verdict. */
const EXIT_OF: Readonly<Record<VerdictOutcome, number>> = {
  consistent: EXIT.ok,
  divergent: EXIT.divergent,
  'not-applied': EXIT.usage,
  empty: EXIT.usage,
  'invalid-row': EXIT.usage,
  unverifiable: EXIT.notJudged,
  'not-reached': EXIT.notJudged,
  'infra-error': EXIT.notJudged,
};
