import { replayFromReport } from '../../app/replay-from-report.js';
import { renderReplayText } from '../../report/text.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';

const OPTIONS = {
  divergence: { type: 'string', requiresArg: true, demandOption: true, describe: 'Id of the divergence' },
} as const;

type ReplayArguments = ArgumentsOf<typeof OPTIONS> & { report: string };

export const replayCommand: Command<ReplayArguments> = {
  builder: (argv) =>
    argv
      .positional('report', { type: 'string', demandOption: true, describe: 'report.json of a run' })
      .options(OPTIONS)
      .example(
        '$0 replay patchdiff-runs/run/report.json --divergence ID',
        'Run the input and the test of a divergence again',
      ),
  handler: async (argv, { stdout, stderr, signal }) => {
    const tell = (message: string) => void stderr.write(`${message}\n`);
    const watch = { onMessage: tell, onEngine: tell, signal };
    const { divergence, result } = await replayFromReport(argv.report, argv.divergence, watch);
    stdout.write(renderReplayText(divergence, result));
    return result.reproduced ? EXIT.divergent : EXIT.ok;
  },
};
