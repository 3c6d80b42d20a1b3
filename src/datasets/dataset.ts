import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { UserError } from '../model/errors.js';
import type { Instance } from '../model/instance.js';
import type { DatasetFacts } from '../model/report.js';
import { readDataset, type DatasetRequest } from './dataset-source.js';
import { isFields, type RawRecord } from './read/raw-record.js';
import { instanceOf } from './row.js';
import { withCommonNames } from './row-variants.js';

/** A row that cannot be read. */
export interface InvalidRow {
  /** As far as it can be told. */
  readonly instanceId: string | null;
  readonly repo: string;
  readonly source: RawRecord['source'];
  /** A sentence with the place and the field. */
  readonly problem: string;
  /** What kind of mistake it is, such as `dataset-invalid`. */
  readonly code: string;
}

/** The instances of a dataset, and what a report records of their origin. */
export interface Dataset {
  readonly instances: readonly Instance[];
  /** The row of each instance as it was read, in the same order; empty unless rows are kept. */
  readonly rows: readonly RawRecord[];
  /** Rows that cannot be read: they stop only themselves. */
  readonly invalid: readonly InvalidRow[];
  readonly facts: DatasetFacts;
  /** Warnings for the user, such as that the hub could not be asked. */
  readonly warnings: readonly string[];
}

/**
 * Reads the rows of a dataset: a `.jsonl`, `.json` or `.parquet` file, a directory that holds one, a task
 * repository, or a dataset of the hub.
 * Throws UserError naming file, line (or item) and field when no row can be read.
 */
export async function loadDataset(request: DatasetRequest): Promise<Dataset> {
  const { records, files, hub } = await readDataset(request);
  const where = files[0] ?? request.name;
  const { instances, rows, invalid } = await readRows(records, request.keepRows === true);
  const [first, ...more] = invalid;
  if (instances.length === 0 && first) throw rowError(first, more.length);
  if (instances.length === 0) {
    throw new UserError('dataset-empty', `${where} has no rows`, 'Check the file, or name another --split.');
  }
  const [only, ...others] = files;
  return {
    instances,
    rows,
    invalid,
    facts: {
      path: only !== undefined && others.length === 0 ? only : request.name,
      sha256: await hashOf(files),
      ...(hub === undefined ? {} : { hub: { id: hub.id, revision: hub.revision, split: request.split } }),
    },
    warnings:
      hub?.offlineBecause === undefined
        ? []
        : [
            `${hub.id} is read as it was at ${hub.revision}: the hub could not be asked (${hub.offlineBecause})`,
          ],
  };
}

/** The error for a row that must be readable; `more`: how many others are not. */
export const rowError = ({ code, problem }: InvalidRow, more: number): UserError =>
  new UserError(
    code,
    more > 0 ? `${problem} (and ${more} more that cannot be read)` : problem,
    'A row is one object of a SWE-bench dataset.',
  );

async function readRows(
  records: AsyncIterable<RawRecord> | Iterable<RawRecord>,
  keepRows: boolean,
): Promise<Pick<Dataset, 'instances' | 'rows' | 'invalid'>> {
  const places = new Map<string, string>();
  const instances: Instance[] = [];
  const rows: RawRecord[] = [];
  const invalid: InvalidRow[] = [];
  for await (const record of records) {
    const instance = instanceOrProblem(record);
    if ('problem' in instance) {
      invalid.push(instance);
      continue;
    }
    const earlier = places.get(instance.instanceId);
    if (earlier !== undefined) {
      throw new UserError(
        'dataset-duplicate',
        `${record.place}: ${instance.instanceId} is also at ${earlier}`,
      );
    }
    places.set(instance.instanceId, record.place);
    instances.push(instance);
    if (keepRows) rows.push(record);
  }
  return { instances, rows, invalid };
}

function instanceOrProblem(record: RawRecord): Instance | InvalidRow {
  const { source, value, place, broken, code } = record;
  if (broken !== undefined) {
    const id = /"instance_id"\s*:\s*"([^"\\]+)"/.exec(typeof value === 'string' ? value : '')?.[1];
    const problem = code === undefined ? `${place}: ${broken}` : broken;
    return { instanceId: id ?? null, repo: 'unknown', source, problem, code: code ?? 'dataset-malformed' };
  }
  try {
    return instanceOf(record);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const row = isFields(value) ? withCommonNames(value) : {};
    const [id, repo] = [row['instance_id'] ?? record.key, row['repo']];
    return {
      instanceId: typeof id === 'string' && id !== '' ? id : null,
      repo: typeof repo === 'string' && repo !== '' ? repo : 'unknown',
      source,
      problem: error.message,
      code: error.code,
    };
  }
}

/** Of one file its SHA-256; of several that of their contents one after the other. */
async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
