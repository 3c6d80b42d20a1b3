import path from 'node:path';
import type { Divergence } from '../model/divergence.js';
import { UserError } from '../model/errors.js';
import { DEFAULT_OPTIONS } from '../model/options.js';
import type { ReplayResult } from '../model/replay.js';
import type { PairRecord } from '../model/verdict.js';
import { replayDivergence } from '../pipeline/replay.js';
import { readReport } from '../runs/read-report.js';
import { resolveRepository } from '../trees/source.js';
import { cacheDirectory } from './cache/cache.js';
import { openAudit } from './engine/open-audit.js';
import { completeWatch, type Watch } from './options/watch.js';
import { RunFolder } from '../runs/run-folder.js';

/** A divergence of a report, and what came of running it again. */
export interface ReplayedDivergence {
  readonly divergence: Divergence;
  readonly result: ReplayResult;
}

/**
 * Runs one divergence of a report again, on an engine chosen as that of its run was: what `patchdiff replay` does.
 * @param file `report.json` in the folder of its run
 * @throws UserError `divergence-unknown`, `record-missing` and those of opening an engine; Unjudgeable when a side
 * cannot be prepared any more
 */
export async function replayFromReport(
  file: string,
  id: string,
  watch: Omit<Watch, 'onEvent'> = {},
): Promise<ReplayedDivergence> {
  const { onMessage, onEngine, signal } = completeWatch(watch);
  const { record, divergence } = await findDivergence(file, id);
  const folder = RunFolder.at(path.dirname(path.resolve(file)));
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
    tell: onMessage,
    signal,
  });
  try {
    onEngine(context.engine.description);
    return { divergence, result: await replayDivergence(replay, divergence, context, record.seeds) };
  } finally {
    await close();
  }
}

async function findDivergence(
  file: string,
  id: string,
): Promise<{ readonly record: PairRecord; readonly divergence: Divergence }> {
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
