import path from 'node:path';

/** The run that a command is about. */
export const RUN_ARGUMENT = {
  type: 'string',
  demandOption: true,
  describe: 'Folder of a run, or its report.json',
} as const;

/** The report of a run, named as `RUN_ARGUMENT` says. */
export const reportFileOf = (run: string): string =>
  path.resolve(run.endsWith('.json') ? run : path.join(run, 'report.json'));
