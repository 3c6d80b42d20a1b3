import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Command, CommandContext } from './terminal/command.js';

/** A command as help lists it. */
interface ListedCommand {
  /** With its positional arguments, as yargs writes them. */
  readonly command: string;
  readonly describe: string;
  /** Adds it to a parser, which calls `done` with the exit code when it has run. */
  readonly addTo: (parser: Argv, context: CommandContext, done: (exitCode: number) => void) => void;
}

/** A command of which the module is loaded when it is asked for: to load all of them takes most of a second. */
const listed = <T>(command: string, describe: string, load: () => Promise<Command<T>>): ListedCommand => ({
  command,
  describe,
  addTo: (parser, context, done) => {
    parser.command(
      command,
      describe,
      async (argv: Argv) => (await load()).builder(argv),
      async (argv: ArgumentsCamelCase<T>) => {
        done(await (await load()).handler(argv, context));
      },
    );
  },
});

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly ListedCommand[] = [
  listed(
    'run <dataset>',
    'Audit the predictions for a dataset and correct its resolution rate',
    async () => (await import('./commands/run.js')).runCommand,
  ),
  listed(
    'worker',
    'Run pairs for every patchdiff run --queue of the same Redis, until stopped',
    async () => (await import('./commands/worker.js')).workerCommand,
  ),
  listed(
    'check',
    'Compare one candidate patch with the gold patch',
    async () => (await import('./commands/check.js')).checkCommand,
  ),
  listed(
    'merge <runs..>',
    'Merge the shards of a run into one run',
    async () => (await import('./commands/merge.js')).mergeCommand,
  ),
  listed(
    'report <run>',
    'Show a run as a page or in another format',
    async () => (await import('./commands/report.js')).reportCommand,
  ),
  listed(
    'review <run>',
    'Label the pairs of a run in a browser',
    async () => (await import('./commands/review.js')).reviewCommand,
  ),
  listed(
    'export <run>',
    'Write a strengthened dataset of a run, or its reports in the layout of the harness',
    async () => (await import('./commands/export.js')).exportCommand,
  ),
  listed(
    'replay <report>',
    'Run one divergence of a report again',
    async () => (await import('./commands/replay.js')).replayCommand,
  ),
  listed(
    'images <action> [dataset]',
    'Build, check, pull, list or remove environments and their images',
    async () => (await import('./commands/images.js')).imagesCommand,
  ),
  listed(
    'cache <action> [kind]',
    'List or remove what is kept between runs: repositories, datasets, environments, results',
    async () => (await import('./commands/cache.js')).cacheCommand,
  ),
  listed(
    'doctor',
    'Check this machine and tell how to fix what is missing',
    async () => (await import('./commands/doctor.js')).doctorCommand,
  ),
];
