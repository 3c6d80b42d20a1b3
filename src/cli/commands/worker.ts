import { hostname } from 'node:os';
import type { AuditListener } from '../../model/events.js';
import { requireEngine } from '../../app/engine/choose-engine.js';
import { UserError } from '../../model/errors.js';
import { buildText, withoutSecrets } from '../../queue/connection.js';
import { serve } from '../../queue/worker.js';
import { plural } from '../../report/words.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { HOST_OPTIONS, QUIET_OPTION } from '../options/options.js';
import { ownBuild } from '../../app/execution/own-build.js';
import { judgedText, traceStage } from '../terminal/progress.js';
import { runJobInThread } from '../../app/execution/run-job.js';

const OPTIONS = {
  queue: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'URL of the Redis: redis://[USER:PASSWORD@]HOST[:PORT][/DB]',
  },
  workers: { alias: 'j', type: 'number', requiresArg: true, default: 1, describe: 'Instances at a time' },
  lock: {
    type: 'number',
    requiresArg: true,
    default: 30,
    describe: 'Seconds without a sign of life after which other workers take over',
  },
  'repos-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'Clones, directories or archives of the repositories; default: clones from GitHub',
  },
  ...HOST_OPTIONS,
  ...QUIET_OPTION,
} as const;

type WorkerArguments = ArgumentsOf<typeof OPTIONS>;

export const workerCommand: Command<WorkerArguments> = {
  builder: (argv) =>
    argv
      .options(OPTIONS)
      .example('$0 worker --queue redis://queue.example.org -j 2', 'Work on two instances at a time'),
  handler: async (argv, { stderr, signal }) => {
    if (!Number.isSafeInteger(argv.workers) || argv.workers < 1)
      throw new UserError('usage', '--workers must be a positive integer', 'See patchdiff --help.');
    if (!(argv.lock >= 1))
      throw new UserError('usage', '--lock must be at least one second', 'See patchdiff --help.');
    await requireEngine({ engine: argv.engine, noSandbox: !argv.sandbox });
    const build = await ownBuild();
    const { engine, image, python, sandbox, reposDir } = argv;
    const listen: AuditListener = (event) => {
      traceStage(event);
      if (event.type === 'judged' && !argv.quiet) stderr.write(`${judgedText(event)}\n`);
    };
    await serve({
      url: argv.queue,
      build,
      jobs: argv.workers,
      lockSeconds: argv.lock,
      work: (job) =>
        runJobInThread({ job, host: { engine, image, python, sandbox }, reposDir }, listen, signal),
      onReady: () => {
        if (!argv.quiet)
          stderr.write(
            `${buildText(build)} works for ${withoutSecrets(argv.queue)} as ${hostname()}:${process.pid}, ` +
              `${plural(argv.workers, 'instance')} at a time\n`,
          );
      },
      signal,
    });
    return EXIT.ok;
  },
};
