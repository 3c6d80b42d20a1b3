import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';

/** What a command may touch of the process. */
export interface CommandContext {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** What a command understands, as yargs takes it, and a handler that gives the exit code. */
export interface Command<T> {
  readonly builder: (argv: Argv) => Argv<T>;
  readonly handler: (argv: ArgumentsCamelCase<T>, context: CommandContext) => Promise<number>;
}

/** The arguments that a table of options gives. */
export type ArgumentsOf<T extends Record<string, Options>> = InferredOptionTypes<T>;
