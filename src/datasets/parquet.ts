import { readFile } from 'node:fs/promises';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../model/errors.js';
import type { RawRecord } from './json-records.js';

/**
 * The rows of a Parquet file.
 * @throws UserError `dataset-malformed`, `dataset-unreadable`
 */
export async function readParquetRecords(file: string): Promise<RawRecord[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new UserError('dataset-unreadable', `${file} cannot be read: ${String(error)}`);
  });
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  try {
    const rows: unknown[] = await parquetReadObjects({ file: buffer, compressors });
    return rows.map((value, index) => ({
      value,
      source: { file },
      place: `${file}, row ${index + 1}`,
    }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'dataset-malformed',
      `${file}: not a Parquet file that can be read: ${why}`,
      undefined,
      {
        cause: error,
      },
    );
  }
}
