import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import type { Submission } from './predictions.js';
import { isFile } from '../platform/file-kind.js';
import { textOfBytes } from '../platform/byte-text.js';
import { DamagedData, readBytes } from './read/bytes.js';
import { RESULTS_SHAPES } from './results-shapes.js';

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

const INSTANCE_REPORT = 'report.json';

/**
 * The ids that the official evaluation of a submission counts as resolved: from `explicitPath`; else from
 * `NAME.results.json` beside a predictions file (`NAME.all.jsonl` too), the harness's own `MODEL.RUN.json` or
 * `eval_results.json` there, or from `results/results.json`, the reports per instance, or
 * `per_instance_details.json` of its folder.
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
  if (found.length === 0) found.push(...(await runReports(files, model)));
  if (folder !== null) found.push(...(await instanceReports(folder, model)));
  for (const file of inFolder(folder, 'per_instance_details.json')) {
    if (await isFile(file)) found.push(await readResults(file));
  }
  const [reported = null, ...others] = found;
  const said = reported?.ids.join();
  return { reported, disagreeing: others.filter((other) => other.ids.join() !== said) };
}

async function readResults(file: string): Promise<ReportedResolved> {
  const value = await valueOf(file);
  for (const { resolved } of RESULTS_SHAPES) {
    const ids = resolved(value);
    if (ids !== null) return { ids: [...new Set(ids)].sort(), source: file };
  }
  const found =
    typeof value === 'object' && value !== null
      ? `; found: ${Object.keys(value).slice(0, 8).join(', ') || 'nothing'}`
      : '';
  throw new UserError(
    'results-invalid',
    `${file}: expected {"resolved": [ids]}, {"resolved_ids": [ids]}, {id: {"resolved": true or false}}, ` +
      `{id: true or false}, a list of ids or a list of rows with "instance_id" and "resolved"${found}`,
    'Read are the reports of the SWE-bench harness, of sb-cli, SWE-bench Pro, Multi-SWE-bench and OpenHands.',
  );
}

/** The JSON of a file; that of its lines as a list; or its lines, where each is an id. */
async function valueOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  try {
    return JSON.parse(text);
  } catch (error) {
    const isIds = lines.length > 0 && lines.every((line) => /^[\w.+@-]+$/.test(line.trim()));
    if (isIds) return lines.map((line) => line.trim());
    try {
      if (lines.length > 1) return lines.map((line) => JSON.parse(line) as unknown);
    } catch {
      // The first error tells more.
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError('results-malformed', `${file}: not valid JSON: ${why}`, undefined, { cause: error });
  }
}

async function textOf(file: string): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of readBytes(file, 'results')) pieces.push(piece);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    throw new UserError('results-malformed', `${file}: damaged or cut off (${error.message})`, undefined, {
      cause: error,
    });
  }
  return textOfBytes(Buffer.concat(pieces));
}

/** `MODEL.RUN.json` of the harness, which it writes beside the predictions, and `eval_results.json`. */
async function runReports(files: readonly string[], model: string): Promise<ReportedResolved[]> {
  const start = `${model.replaceAll('/', '__')}.`;
  const found: ReportedResolved[] = [];
  for (const directory of new Set(files.map((file) => path.dirname(file)))) {
    const names = await readdir(directory).catch(() => []);
    const reports = names.filter((name) => name.startsWith(start) && name.endsWith('.json'));
    for (const name of [...reports.sort(), ...names.filter((one) => one === 'eval_results.json')]) {
      const file = path.join(directory, name);
      if (files.includes(file)) continue;
      const report = await readResults(file).catch(() => null); // anything may be named so
      if (report) found.push(report);
    }
  }
  return found;
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
