import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { seenPatchSchema, type ResultStore, type SeenPatch } from '../model/result-store.js';
import { pairRecordSchema, type PairRecord } from '../model/verdict.js';
import { writeWhole } from '../platform/write-file.js';

/**
 * Results of all runs of a user, each in a file named by the key of the content that it was computed from. What
 * is missing, damaged or of another shape is computed again.
 */
export class ResultFolder implements ResultStore {
  constructor(private readonly directory: string) {}

  seen(key: string): Promise<SeenPatch | null> {
    return read(this.#file('patches', key), seenPatchSchema);
  }

  async keepSeen(key: string, seen: SeenPatch): Promise<void> {
    await this.#write('patches', key, seen);
  }

  result(key: string): Promise<PairRecord | null> {
    return read(this.#file('records', key), pairRecordSchema);
  }

  async keepResult(key: string, record: PairRecord): Promise<void> {
    await this.#write('records', key, record);
  }

  /** A result that cannot be written is computed again; the run does not fail. */
  async #write(kind: 'patches' | 'records', key: string, content: unknown): Promise<void> {
    await writeWhole(this.#file(kind, key), JSON.stringify(content)).catch(() => undefined);
  }

  #file(kind: 'patches' | 'records', key: string): string {
    return path.join(this.directory, kind, key.slice(0, 2), `${key}.json`);
  }
}

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
