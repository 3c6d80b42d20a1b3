import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import type { PairName } from '../model/pair-name.js';
import type { ReplayBundle } from '../model/replay.js';
import type { PairRecord } from '../model/verdict.js';
import { diskError } from '../platform/disk-error.js';
import { fileName } from '../platform/escape/file-name.js';
import { isAbandoned } from '../platform/ownership.js';
import { writeWhole } from '../platform/write-file.js';

/** Version of the record files; one of another version is not reused. */
const RECORD_VERSION = 1;

/** A pair's record with the key of the content that it was computed from. */
export interface StoredRecord {
  readonly key: string;
  readonly record: PairRecord;
  /** All that `patchdiff replay` needs to run the pair again. */
  readonly replay: ReplayBundle;
}

/** Directories of a run in which each pair has its own part. */
const PAIR_KINDS = ['pairs', 'tests'] as const;

/** `OUT/RUN_ID/`: `report.json`, `summary.md`, and per pair `pairs/MODEL/INSTANCE.json` and `tests/MODEL/INSTANCE/`. */
export class RunFolder {
  private constructor(readonly directory: string) {}

  /** The folder of a run that exists already, to read it: makes, changes and removes nothing. */
  static at(directory: string): RunFolder {
    return new RunFolder(path.resolve(directory));
  }

  /**
   * Opens the folder of a run for writing, making it when it is new, and removes the unfinished files of a process
   * that was killed.
   * @throws UserError `run-id-invalid` for a run id that cannot be the name of a folder
   * @throws InfraError `not-writable`, `disk-full`
   */
  static async open(out: string, runId: string): Promise<RunFolder> {
    if (fileName(runId) !== runId) {
      throw new UserError(
        'run-id-invalid',
        `run id ${JSON.stringify(runId)} cannot be the name of a folder`,
        'Use letters, digits and . _ + @ = - only, not starting with a dot.',
      );
    }
    const directory = path.resolve(out, runId);
    await mkdir(directory, { recursive: true }).catch((error: unknown) => {
      throw diskError(error, directory);
    });
    await removeUnfinished(directory);
    return new RunFolder(directory);
  }

  get reportFile(): string {
    return path.join(this.directory, 'report.json');
  }

  get summaryFile(): string {
    return path.join(this.directory, 'summary.md');
  }

  /** Directory of a pair's differentiating tests. */
  testsDirectory(pair: PairName): string {
    return this.#pairPath('tests', pair);
  }

  /** The differentiating test of one divergence. */
  testFile(pair: PairName, divergence: string): string {
    return path.join(this.testsDirectory(pair), `test_${fileName(divergence)}.py`);
  }

  recordFile(pair: PairName): string {
    return `${this.#pairPath('pairs', pair)}.json`;
  }

  /** Writes a file of the run whole; `file` is absolute or relative to the run's folder. */
  async write(file: string, content: string): Promise<void> {
    await writeWhole(path.resolve(this.directory, file), content);
  }

  async writeRecord(stored: StoredRecord): Promise<void> {
    const content = JSON.stringify({ version: RECORD_VERSION, ...stored }, null, 1);
    await this.write(this.recordFile(stored.record), `${content}\n`);
  }

  /** The record of one pair; null when there is none of this version. */
  async readRecord(pair: PairName): Promise<StoredRecord | null> {
    return readRecord(this.recordFile(pair)).catch((error: unknown) => {
      if (error instanceof UserError) throw error;
      return null;
    });
  }

  /** Every record of this version, sorted by model and instance. Throws UserError for a damaged file. */
  async readRecords(): Promise<StoredRecord[]> {
    const root = path.join(this.directory, 'pairs');
    const files = await readdir(root, { recursive: true }).catch(() => []);
    const names = files
      .filter((file) => file.endsWith('.json') && !path.basename(file).startsWith('.'))
      .sort();
    const records = await Promise.all(names.map(async (name) => readRecord(path.join(root, name))));
    return records.filter((record) => record !== null);
  }

  /** Copies the pairs of another run here, with their tests. */
  async take(other: RunFolder): Promise<void> {
    for (const kind of PAIR_KINDS) {
      const source = path.join(other.directory, kind);
      const copied = cp(source, path.join(this.directory, kind), { recursive: true });
      await copied.catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(error, this.directory);
      });
    }
  }

  #pairPath(kind: string, pair: PairName): string {
    return path.join(this.directory, kind, fileName(pair.model), fileName(pair.instanceId));
  }
}

/** Removes the temporary files of writers that were killed. */
async function removeUnfinished(directory: string): Promise<void> {
  const files = await readdir(directory, { recursive: true });
  const left = files.filter(
    (file) => path.basename(file).startsWith('.') && isAbandoned(path.basename(file)),
  );
  await Promise.all(left.map((file) => rm(path.join(directory, file), { force: true })));
}

async function readRecord(file: string): Promise<StoredRecord | null> {
  const text = await readFile(file, 'utf8');
  try {
    const stored = JSON.parse(text) as StoredRecord & { readonly version: number };
    const { version, key, record, replay } = stored;
    return version === RECORD_VERSION ? { key, record, replay } : null;
  } catch (error) {
    throw new UserError(
      'record-damaged',
      `${file} is not JSON`,
      'Remove the file to compute the pair again.',
      {
        cause: error,
      },
    );
  }
}
