import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../model/errors.js';
import { parseJson, readText } from './json-records.js';

/** What somebody else's evaluation counts as resolved. */
export interface ReportedResolved {
  /** Instance ids, sorted, without duplicates. */
  readonly ids: readonly string[];
  /** The file they were read from. */
  readonly source: string;
}

const ids = z.array(z.string());

/** The shapes in use: leaderboard results, the harness's run report, and a report per instance. */
const resultsSchema = z.union([
  z.object({ resolved: ids }).transform((value) => value.resolved),
  z.object({ resolved_ids: ids }).transform((value) => value.resolved_ids),
  z
    .record(z.string(), z.object({ resolved: z.boolean() }))
    .transform((value) => Object.keys(value).filter((id) => value[id]?.resolved === true)),
]);

/**
 * The ids that the official evaluation counts as resolved: from `explicitPath`, else from `NAME.results.json` beside
 * the predictions file (`NAME.all.jsonl` too), else from `results/results.json` beside it. Null when there is none.
 * Throws UserError when the file is missing (if given) or of no known shape.
 */
export async function loadReportedResolved(
  predictionsFile: string,
  explicitPath?: string,
): Promise<ReportedResolved | null> {
  const candidates = explicitPath === undefined ? besides(predictionsFile) : [explicitPath];
  for (const file of candidates) {
    if (explicitPath === undefined && !(await isFile(file))) continue;
    const result = resultsSchema.safeParse(parseJson(await readText(file, 'results'), file, 'results'));
    if (!result.success) {
      throw new UserError(
        'results-invalid',
        `${file}: expected {"resolved": [ids]}, {"resolved_ids": [ids]} or {id: {"resolved": true or false}}`,
      );
    }
    return { ids: [...new Set(result.data)].sort(), source: file };
  }
  return null;
}

function besides(predictionsFile: string): string[] {
  const directory = path.dirname(predictionsFile);
  const name = path.basename(predictionsFile).replace(/\.jsonl?$/, '');
  const names = [...new Set([name, name.replace(/\.(all|resolved)$/, '')])];
  return [...names.map((stem) => `${stem}.results.json`), 'results/results.json'].map((file) =>
    path.join(directory, file),
  );
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
