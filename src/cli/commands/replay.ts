import path from 'node:path';
import { replayDivergence } from '../../pipeline/replay.js';
import { DEFAULT_OPTIONS } from '../../model/options.js';
import { UserError } from '../../model/errors.js';
import type { Divergence } from '../../model/divergence.js';
import type { PairRecord } from '../../model/verdict.js';
import { renderReplayText } from '../../report/text.js';
import { resolveRepository } from '../../trees/source.js';
import { readReport } from '../../runs/read-report.js';
import { runFolderAt } from '../../app/records/run-folder-at.js';
import { cacheDirectory } from '../../app/cache/cache.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { openAudit } from '../../app/engine/open-audit.js';

const OPTIONS = {
  divergence: { type: 'string', requiresArg: true, demandOption: true, describe: 'Id of the divergence' },
} as const;

type ReplayArguments = ArgumentsOf<typeof OPTIONS> & { report: string };

export const replayCommand: Command<ReplayArguments> = {
  command: 'replay <report>',
  describe: 'Run one divergence of a report again',
  builder: (argv) =>
    argv
      .positional('report', { type: 'string', demandOption: true, describe: 'report.json of a run' })
      .options(OPTIONS)
      .example(
        '$0 replay patchdiff-runs/run/report.json --divergence ID',
        'Run the input and the test of a divergence again',
      ),
  handler: async (argv, { stdout, stderr, signal }) => {
    const { record, divergence } = await findDivergence(argv.report, argv.divergence);
    const directory = path.dirname(path.resolve(argv.report));
    const folder = await runFolderAt(directory);
    const replay = (await folder.readRecord(record))?.replay;
    if (!replay) {
      throw new UserError(
        'record-missing',
        `${folder.recordFile(record)} is missing`,
        'Keep report.json in the folder of its run.',
      );
    }
    const { engine, instance, repository } = replay;
    const { context, close } = await openAudit({
      runId: 'replay',
      engine: engine.name,
      image: engine.image ?? undefined,
      python: engine.python ?? undefined,
      environments: engine.environments ?? 'given',
      sandbox: engine.sandbox,
      trusted: engine.trusted,
      instances: [instance],
      repositoryOf: () =>
        resolveRepository(repository, { cacheDirectory: cacheDirectory('repositories'), signal }),
      reuse: false,
      options: { ...DEFAULT_OPTIONS, seed: replay.seed },
      listen: () => undefined,
      tell: (line) => void stderr.write(`${line}\n`),
      signal,
    });
    try {
      stderr.write(`${context.engine.description}\n`);
      const result = await replayDivergence(replay, divergence, context);
      stdout.write(renderReplayText(divergence, result));
      return result.reproduced ? EXIT.divergent : EXIT.ok;
    } finally {
      await close();
    }
  },
};

async function findDivergence(
  file: string,
  id: string,
): Promise<{ record: PairRecord; divergence: Divergence }> {
  const { records } = await readReport(file);
  for (const record of records) {
    const divergence = record.divergences.find((one) => one.id === id);
    if (divergence && record.reusedFrom === null) return { record, divergence };
  }
  const known = records.flatMap(({ divergences }) => divergences.map((one) => one.id));
  throw new UserError(
    'divergence-unknown',
    `${file} has no divergence ${id}`,
    known.length === 0 ? 'It has no divergences.' : `It has ${[...new Set(known)].slice(0, 10).join(', ')}.`,
  );
}
