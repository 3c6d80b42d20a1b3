import { readFile } from 'node:fs/promises';
import { UserError } from '../model/errors.js';
import type { RunReport } from '../model/report.js';
import { reportSchema } from '../schema/report-schema.js';

const HINT = 'Give the report.json of a run.';

/** Reads a `report.json`. @throws UserError `report-unreadable`, `report-invalid` */
export async function readReport(file: string): Promise<RunReport> {
  const parsed = reportSchema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
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
