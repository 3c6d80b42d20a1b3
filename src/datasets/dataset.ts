import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../model/errors.js';
import type { Instance } from '../model/instance.js';
import type { DatasetFacts } from '../model/report.js';
import { readDataset, type DatasetRequest } from './dataset-source.js';
import type { RawRecord } from './json-records.js';
import { instanceOf } from './row.js';

/** The instances of a dataset, and what a report records of their origin. */
export interface Dataset {
  readonly instances: readonly Instance[];
  /** The row of each instance as it was read, in the same order. */
  readonly rows: readonly RawRecord[];
  readonly facts: DatasetFacts;
  /** Warnings for the user, such as that the hub could not be asked. */
  readonly warnings: readonly string[];
}

/**
 * Reads the rows of a dataset: a `.jsonl`, `.json` or `.parquet` file, a directory that holds one, a task
 * repository, or a dataset of the hub.
 * Throws UserError naming file, line (or item) and field.
 */
export async function loadDataset(request: DatasetRequest): Promise<Dataset> {
  const { records, files, hub } = await readDataset(request);
  const where = files[0] ?? request.name;
  const instances = uniqueInstances(records);
  if (instances.length === 0) {
    throw new UserError('dataset-empty', `${where} has no rows`, 'Check the file, or name another --split.');
  }
  const [only, ...others] = files;
  return {
    instances,
    rows: records,
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

function uniqueInstances(records: readonly RawRecord[]): Instance[] {
  const places = new Map<string, string>();
  return records.map((record) => {
    const instance = instanceOf(record);
    const earlier = places.get(instance.instanceId);
    if (earlier !== undefined) {
      throw new UserError(
        'dataset-duplicate',
        `${record.place}: ${instance.instanceId} is also at ${earlier}`,
      );
    }
    places.set(instance.instanceId, record.place);
    return instance;
  });
}

/** Of one file its SHA-256; of several that of their contents one after the other. */
async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}
