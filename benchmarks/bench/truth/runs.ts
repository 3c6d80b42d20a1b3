import { stat } from 'node:fs/promises';
import path from 'node:path';
import { withScore } from '../../../src/metrics/score.js';
import { pairRecordSchema, type PairRecord } from '../../../src/model/verdict.js';
import { readReport } from '../../../src/runs/read-report.js';
import { RunFolder } from '../../../src/runs/run-folder.js';

/** The records of a run, finished or not, and where they are. */
export interface TruthRun {
  /** Folder of the run. */
  readonly folder: string;
  /** Its report; the file need not exist yet. */
  readonly reportFile: string;
  readonly records: readonly PairRecord[];
}

/**
 * Reads a `report.json`, or the folder of a run; where the run has not ended, the records that it has so far. Scores are
 * computed anew.
 * @throws UserError, or Error where there is nothing to read
 */
export async function readTruthRun(given: string): Promise<TruthRun> {
  if (!(await isDirectory(given))) {
    return {
      folder: path.dirname(given),
      reportFile: given,
      records: (await readReport(given)).records,
    };
  }
  const folder = RunFolder.at(given);
  const { reportFile } = folder;
  const isFinished = await stat(reportFile).then(
    () => true,
    () => false,
  );
  const records = isFinished ? (await readReport(reportFile)).records : await recordsSoFar(folder);
  if (records.length === 0) throw new Error(`${given} has neither a report.json nor records: name a run.`);
  return { folder: given, reportFile: path.join(given, 'report.json'), records };
}

async function recordsSoFar(folder: RunFolder): Promise<PairRecord[]> {
  const stored = await folder.readRecords();
  return stored.map(({ record }) => {
    const result = pairRecordSchema.safeParse(record);
    if (result.success) return withScore(result.data);
    const [issue] = result.error.issues;
    throw new Error(
      `the record of ${record.model} on ${record.instanceId} in ${folder.directory} is of another version: ${issue?.path.join('.') ?? ''}`,
    );
  });
}

async function isDirectory(given: string): Promise<boolean> {
  const facts = await stat(given).catch((error: unknown) => {
    throw new Error(`${given} cannot be read: ${String(error)}`);
  });
  return facts.isDirectory();
}
