import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { UserError } from '../model/errors.js';
import { COMMANDS } from './commands.js';
import { EXIT } from './terminal/exit-codes.js';
import { explainFailure } from './terminal/failure.js';
import { guarded } from './terminal/guarded.js';
import { exitCodeOf, Shutdown } from './terminal/shutdown.js';
import type { CommandContext } from './terminal/command.js';
import { toolVersion } from '../platform/version.js';

/** Parses the arguments, runs one command, and gives the exit code. */
async function main(args: readonly string[], process: NodeJS.Process): Promise<number> {
  const shutdown = new Shutdown(process);
  // What a program reads is for the program; what a person reads is made fit for a terminal.
  const stdout = process.stdout.isTTY ? guarded(process.stdout) : process.stdout;
  const stderr = guarded(process.stderr);
  const context: CommandContext = { stdout, stderr, signal: shutdown.signal };
  let exitCode: number = EXIT.ok;
  const parser = yargs(args)
    .scriptName('patchdiff')
    .usage('$0 COMMAND\n\nTells whether a patch that passed a benchmark behaves like the ground truth.')
    .epilogue('patchdiff COMMAND --help shows the options of a command.')
    .demandCommand(1, 'a command is missing')
    .strictCommands()
    .strict()
    .parserConfiguration({ 'duplicate-arguments-array': true })
    .middleware(refuseRepetition, true)
    .version(toolVersion())
    .exitProcess(false)
    .fail((message, error) => {
      throw error instanceof Error ? error : wrongUsage(message);
    });
  for (const command of COMMANDS)
    command.addTo(parser, context, (code) => {
      exitCode = code;
    });
  try {
    if (args.length === 0) process.stdout.write(`${await parser.getHelp()}\n`);
    else await parser.parseAsync();
  } catch (error) {
    if (!shutdown.received)
      exitCode = explainFailure(isYargs(error) ? wrongUsage(error.message) : error, stderr);
  } finally {
    shutdown.dispose();
  }
  if (!shutdown.received) return exitCode;
  process.stderr.write(`patchdiff: stopped by ${shutdown.received}\n`);
  return exitCodeOf(shutdown.received);
}

const wrongUsage = (message: string) => new UserError('usage', message, 'See patchdiff --help.');

/** Whether yargs gave up on the arguments in the middle of them, for which it throws an error of its own. */
const isYargs = (error: unknown): error is Error => error instanceof Error && error.name === 'YError';

/** Options that may be given several times; yargs makes a list of any other as well. */
const REPEATABLE = new Set(['_', 'runs', 'predictions', 'p', 'instance', 'i', 'tests']);

function refuseRepetition(argv: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !REPEATABLE.has(name)) {
      throw new UserError('usage', `--${name} is given more than once`, 'See patchdiff --help.');
    }
  }
}

// Not `process.exitCode`: a request that Docker never answers would keep the process alive.
process.exit(await main(hideBin(process.argv), process));
