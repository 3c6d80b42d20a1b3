import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../model/errors.js';
import { parseJson, readText } from './json-records.js';
import type { Submission } from './predictions.js';
import { isFile } from '../platform/file-kind.js';

/** What an official evaluation counts as resolved. */
export interface ReportedResolved {
  /** Instance ids, sorted, without duplicates. */
  readonly ids: readonly string[];
  /** The file they were read from; a pattern when it is one file per instance. */
  readonly source: string;
}

/** What the files of a submission report; some of them disagree. */
export interface SubmissionResults {
  /** The most trusted of those found. */
  readonly reported: ReportedResolved | null;
  /** The others that report something else. */
  readonly disagreeing: readonly ReportedResolved[];
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

const INSTANCE_REPORT = 'report.json';

/**
 * The ids that the official evaluation of a submission counts as resolved: from `explicitPath`; else from
 * `NAME.results.json` beside a predictions file (`NAME.all.jsonl` too), or from `results/results.json`, the
 * reports per instance, or `per_instance_details.json` of its folder.
 * Throws UserError when a file is missing (if given) or of no known shape.
 */
export async function loadReportedResolved(
  { files, folder, model }: Pick<Submission, 'files' | 'folder' | 'model'>,
  explicitPath?: string,
): Promise<SubmissionResults> {
  if (explicitPath !== undefined) return { reported: await readResults(explicitPath), disagreeing: [] };
  const found: ReportedResolved[] = [];
  for (const file of [...new Set([...files.flatMap(besides), ...inFolder(folder, 'results/results.json')])]) {
    if (await isFile(file)) found.push(await readResults(file));
  }
  if (folder !== null) found.push(...(await instanceReports(folder, model)));
  for (const file of inFolder(folder, 'per_instance_details.json')) {
    if (await isFile(file)) found.push(await readResults(file));
  }
  const [reported = null, ...others] = found;
  const said = reported?.ids.join();
  return { reported, disagreeing: others.filter((other) => other.ids.join() !== said) };
}

async function readResults(file: string): Promise<ReportedResolved> {
  const result = resultsSchema.safeParse(parseJson(await readText(file, 'results'), file, 'results'));
  if (result.success) return { ids: [...new Set(result.data)].sort(), source: file };
  throw new UserError(
    'results-invalid',
    `${file}: expected {"resolved": [ids]}, {"resolved_ids": [ids]} or {id: {"resolved": true or false}}`,
  );
}

/** The harness's `INSTANCE/report.json` files of the first place that has any. */
async function instanceReports(folder: string, model: string): Promise<ReportedResolved[]> {
  const places = [path.join(folder, 'logs'), path.join(folder, model.replaceAll('/', '__')), folder];
  for (const place of places) {
    const entries = await readdir(place).catch(() => []);
    const resolved: string[] = [];
    let count = 0;
    for (const entry of entries) {
      const file = path.join(place, entry, INSTANCE_REPORT);
      if (!(await isFile(file))) continue;
      resolved.push(...(await readResults(file)).ids);
      count += 1;
    }
    if (count > 0) return [{ ids: resolved.sort(), source: path.join(place, '*', INSTANCE_REPORT) }];
  }
  return [];
}

function besides(predictionsFile: string): string[] {
  const directory = path.dirname(predictionsFile);
  const name = path.basename(predictionsFile).replace(/\.jsonl?$/, '');
  const names = [...new Set([name, name.replace(/\.(all|resolved)$/, '')])];
  return [...names.map((stem) => `${stem}.results.json`), 'results/results.json'].map((file) =>
    path.join(directory, file),
  );
}

const inFolder = (folder: string | null, name: string): string[] =>
  folder === null ? [] : [path.join(folder, name)];
