import type { PairRecord } from '../model/verdict.js';
import type { RunReport } from '../model/report.js';
import { RunFolder } from '../runs/run-folder.js';
import { workHere } from './execution/work-here.js';
import { readCheckInputs } from './inputs/check-inputs.js';
import { completeCheckOptions, type CheckOptions } from './options/check-options.js';
import { auditOptions } from './options/shared-options.js';
import { completeWatch, type Watch } from './options/watch.js';
import { checkFacts } from './records/run-facts.js';
import { RunRecords } from './records/run-records.js';

/** Folder of a check, below `out`. */
const RUN_ID = 'check';

/** A pair that was compared. */
export interface CheckedPair {
  readonly record: PairRecord;
  /** The content of `report.json`, that of a run of this pair alone. */
  readonly report: RunReport;
  /** Folder with `report.json`, `summary.md`, the record and the differentiating tests. */
  readonly directory: string;
}

/**
 * Compares one candidate patch with the gold patch, and writes the folder `check` below `out`: what `patchdiff check`
 * does. What is wrong with a patch is its verdict.
 * @throws UserError for wrong options or input (`OptionError` names the option), InfraError for a machine that cannot
 * go on, such as a full disk, and the reason of the signal after an abort
 */
export async function checkPair(given: CheckOptions, watch: Watch = {}): Promise<CheckedPair> {
  const options = completeCheckOptions(given);
  const { onMessage, onEngine, onEvent, signal } = completeWatch(watch);
  signal.throwIfAborted();
  const inputs = await readCheckInputs(options, signal);
  const { repository, instance, prediction } = inputs;
  const folder = await RunFolder.open(options.out, RUN_ID);
  const startedAt = new Date().toISOString();
  const search = auditOptions(options);
  const setup = {
    ...options,
    runId: RUN_ID,
    trusted: false,
    reuse: false,
    instances: [],
    repositoryOf: () => Promise.resolve(repository),
    options: search,
    listen: onEvent,
    tell: onMessage,
    signal,
  };
  const work = await workHere(setup, 1);
  try {
    onEngine(work.description);
    const records = await RunRecords.open(folder, work.basis, {
      ...work.replay,
      repositoryOf: () => Promise.resolve(repository.origin),
    });
    await records.expect(instance, prediction);
    const judged: PairRecord[] = [];
    await work.run(
      [{ instance, predictions: [prediction], tests: options.tests ?? [], judged: [] }],
      async (record) => {
        judged.push(record);
        await records.add(record);
      },
    );
    const [record] = judged;
    if (!record) throw new Error('the audit of a check ended without a record');
    const { description: engine, basis } = work;
    const facts = checkFacts(options.gold, inputs, { id: RUN_ID, startedAt, options: basis.options, engine });
    return { record, report: await records.report(facts), directory: folder.directory };
  } finally {
    await work.close();
  }
}
