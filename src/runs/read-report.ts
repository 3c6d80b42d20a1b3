import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import type { Review } from '../model/label.js';
import { storedReportSchema, type RunReport } from '../model/report.js';
import { withMetrics } from '../report/run-report.js';
import { LabelFolder } from './label-folder.js';

const HINT = 'Give the report.json of a run.';

/**
 * Reads a `report.json`. Its figures are computed anew, from its records and the labels beside it.
 * @param review used in place of the labels beside it
 * @throws UserError `report-unreadable`, `report-invalid`, `labels-damaged`
 */
export async function readReport(file: string, review?: Review): Promise<RunReport> {
  const parsed = storedReportSchema.safeParse(await readJson(file));
  if (parsed.success) {
    const labels = review ?? (await new LabelFolder(path.dirname(file)).read());
    return withMetrics(parsed.data, labels);
  }
  const [issue] = parsed.error.issues;
  throw new UserError(
    'report-invalid',
    `${file} is not a patchdiff report of this version: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    HINT,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError('report-unreadable', `${file} cannot be read as JSON`, HINT, { cause: error });
  }
}
